'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { WaitingFor } from '#components/ui/WaitingFor.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { describeRoundPolicy } from '#lib/federation/describeRoundPolicy.ts';
import { queries } from '#lib/queries/queries.ts';
import { OpenRoundButton } from './OpenRoundButton.tsx';

/** What the federation is, where its latest round stands, and the next step. */
export function FederationHeader({ federation: name }: { federation: string }) {
  const { data: federation } = useQuery(queries.federation(browserApi, name));
  const latest = useQuery({
    ...queries.round(browserApi, name, federation?.latestRound?.number ?? 0),
    enabled: federation?.latestRound !== undefined,
  });
  return (
    <div className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-lg font-semibold">{name}</h1>
        {federation === undefined ? (
          <Skeleton className="mt-1 h-4 w-72" />
        ) : (
          <p className="text-[13px] text-muted">
            {federation.baseModel ?? 'no base model named'} · {describeMethod(federation.aggregation)} ·{' '}
            {federation.aggregation.dtype} · {describeRoundPolicy(federation.rounds)}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {latest.data !== undefined && (
          <Link
            href={`/federations/${name}/rounds/${latest.data.number}`}
            className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] hover:underline"
          >
            <span className="figures">Round {latest.data.number}</span>
            <StateBadge state={latest.data.state} />
            {latest.data.waitingFor.length > 0 && (
              <span className="text-muted">
                waiting for <WaitingFor items={latest.data.waitingFor} />
              </span>
            )}
          </Link>
        )}
        {federation !== undefined && <OpenRoundButton federation={federation} />}
      </div>
    </div>
  );
}
