'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { AWAITED_MAX } from '#lib/federation/firstAwaited.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { queries } from '#lib/queries/queries.ts';
import { awaitedColumns } from './awaitedColumns.tsx';

/** Reports and bytes are no events, so they are asked for; only while the page is looked at. */
const REFRESH_MS = 2000;

/** From whom a round that collects still awaits a submission, and how far each is. */
export function AwaitedPanel({ federation, round }: { federation: string; round: Round }) {
  const query = useQuery({
    ...queries.awaited(browserApi, federation, round.number),
    refetchInterval: REFRESH_MS,
  });
  const { data: whole } = useQuery(queries.federation(browserApi, federation));
  const columns = useMemo(() => awaitedColumns(federation), [federation]);
  const invited = round.cohort?.invited ?? whole?.clientCount;
  const fresh = round.submissionCount - (round.carriedCount ?? 0);
  return (
    <Panel title="Awaited" flush>
      <QueryGate query={query} what="those awaited" loading={<SkeletonRows label="Loading those awaited" />}>
        {(awaited) => (
          <>
            <DataTable
              label="Awaited clients"
              rows={awaited.slice(0, AWAITED_MAX)}
              rowKey={({ client }) => client}
              columns={columns}
              pageSize={AWAITED_MAX}
              empty={<NobodyAwaited federation={federation} invited={invited} />}
            />
            {awaited.length > AWAITED_MAX && (
              <p className="border-t border-line p-3 text-center text-xs text-muted">
                <TextLink href={`/federations/${federation}/clients`} className="underline">
                  and {invited === undefined ? '' : `${formatCount(moreThanShown(invited, fresh))} `}more
                </TextLink>
              </p>
            )}
          </>
        )}
      </QueryGate>
    </Panel>
  );
}

function NobodyAwaited({ federation, invited }: { federation: string; invited: number | undefined }) {
  return invited === 0 ? (
    <EmptyState title="No client is registered yet">
      <TextLink href={`/federations/${federation}/clients`} className="underline">
        Register the clients
      </TextLink>
      , so that they can submit to the round.
    </EmptyState>
  ) : (
    <EmptyState title="Nobody is awaited">Every client invited has submitted.</EmptyState>
  );
}

/** The counts and the list come in answers of their own, a moment apart. */
function moreThanShown(invited: number, fresh: number): number {
  return Math.max(1, invited - fresh - AWAITED_MAX);
}
