'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { WaitingFor } from '#components/ui/WaitingFor.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Federation } from '#lib/api/types.ts';
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
      <div className="min-w-0 flex-1 basis-full lg:basis-0">
        <h1 className="truncate text-lg font-semibold" title={name}>
          {name}
        </h1>
        {federation === undefined ? <Skeleton className="mt-1 h-4 w-72" /> : <About {...federation} />}
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-3 lg:max-w-1/2 lg:justify-end">
        {latest.data !== undefined && (
          <Link
            href={`/federations/${name}/rounds/${latest.data.number}`}
            className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-[13px] hover:underline"
          >
            <span className="figures">Round {latest.data.number}</span>
            <StateBadge state={latest.data.state} />
            {latest.data.waitingFor.length > 0 && (
              <span className="min-w-0 text-muted">
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

/** The base model may be a long path: two lines of all this, and the whole on hover. */
function About({ baseModel = 'no base model named', aggregation, rounds }: Federation) {
  const text = [
    ...[baseModel, describeMethod(aggregation), aggregation.dtype],
    describeRoundPolicy(rounds),
  ].join(' · ');
  return (
    <p className="line-clamp-2 text-[13px] break-words text-muted" title={text}>
      {text}
    </p>
  );
}
