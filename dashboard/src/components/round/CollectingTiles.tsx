'use client';

import { useQuery } from '@tanstack/react-query';
import { Bytes } from '#components/ui/Bytes.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Progress } from '#components/ui/Progress.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { queries } from '#lib/queries/queries.ts';
import { Tile, Tiles } from './Tiles.tsx';

/** How far a round that collects has come. */
export function CollectingTiles({ federation, round }: { federation: string; round: Round }) {
  const { data: whole } = useQuery(queries.federation(browserApi, federation));
  const { data: receipts } = useQuery(queries.submissions(browserApi, federation, round.number));
  // what is carried over counts neither towards the limits nor as an answer to this round's invitation
  const fresh = round.submissionCount - (round.carriedCount ?? 0);
  const invited = round.cohort?.invited ?? whole?.clientCount;
  const received = receipts?.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Tiles columns={4}>
      <Submitted round={round} fresh={fresh} />
      <Tile
        name="Awaited"
        value={invited === undefined ? undefined : formatCount(Math.max(0, invited - fresh))}
        beside={invited === undefined ? undefined : `of ${formatCount(invited)} invited`}
      />
      <Tile
        name="Deadline"
        value={round.deadlineAt === undefined ? 'none' : <Moment at={round.deadlineAt} />}
        beside={round.extendedAt === undefined ? undefined : 'extended'}
      />
      <Tile
        name="Received"
        value={received === undefined ? undefined : <Bytes value={received} />}
        beside="in submissions"
      />
    </Tiles>
  );
}

/** Against how many are enough; once they are, against how many fill the round. */
function Submitted({ round, fresh }: { round: Round; fresh: number }) {
  const { minSubmissions, maxSubmissions } = round.policy;
  const goal = fresh < minSubmissions ? minSubmissions : maxSubmissions;
  const most =
    maxSubmissions === undefined ? 'it takes any number' : `${formatCount(maxSubmissions)} fill it`;
  return (
    <Tile
      name="Submitted"
      value={formatCount(fresh)}
      beside={
        goal === undefined ? undefined : (
          <span className="inline-flex items-center gap-2">
            of {formatCount(goal)}
            <span className="w-20 max-sm:hidden">
              <Progress done={fresh} total={goal} label="submissions" />
            </span>
          </span>
        )
      }
      tip={`${formatCount(minSubmissions)} are enough to aggregate; ${most}`}
    />
  );
}
