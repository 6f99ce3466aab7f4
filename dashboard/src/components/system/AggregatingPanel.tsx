import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { Progress } from '#components/ui/Progress.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { formatCount } from '#lib/format/formatCount.ts';
import type { SystemReport } from '#lib/system/systemReport.ts';
import { NotKnown } from './NotKnown.tsx';

/** Rounds that workers are at, or that wait for one. */
export function AggregatingPanel({ aggregating }: { aggregating: SystemReport['aggregating'] }) {
  return (
    <Panel title="Aggregating now" hint="Rounds that workers are at, or that wait for one." flush>
      {aggregating === undefined ? (
        <NotKnown />
      ) : aggregating.length === 0 ? (
        <EmptyState title="Nothing to aggregate">Workers are idle until a round closes.</EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {aggregating.map(({ federation, round, done, total, closedAt }) => (
            <li key={`${federation}/${round}`} className="flex flex-col gap-1.5 px-4 py-2.5 text-[13px]">
              <span className="flex items-baseline justify-between gap-3">
                <TextLink href={`/federations/${federation}/rounds/${round}`}>
                  {federation} round {round}
                </TextLink>
                <span className="figures text-muted">
                  {formatCount(done)} of {formatCount(total)} modules
                  {closedAt !== undefined && (
                    <>
                      , since <Moment at={closedAt} />
                    </>
                  )}
                </span>
              </span>
              <Progress done={done} total={total} label="modules aggregated" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
