'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useLimited, useRole } from '#components/shell/RoleProvider.tsx';
import { buttonClasses } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { queries } from '#lib/queries/queries.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { FederationsTable } from './FederationsTable.tsx';
import { ServiceNotice } from './ServiceNotice.tsx';

/** Nothing streams across federations, so the list asks again this often. */
const REFRESH_MS = 5000;

/** Every federation, and whether one of them is stuck. */
export function FederationsView() {
  const query = useQuery({ ...queries.federations(browserApi), refetchInterval: REFRESH_MS });
  const [search, setSearch] = useUrlState('q', '');
  const limited = useLimited();
  const mayCreate = useRole() === 'operator' && !limited;
  const create = (
    <Link href="/new" className={buttonClasses('primary')}>
      <Plus size={15} aria-hidden="true" />
      New federation
    </Link>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg font-semibold">Federations</h1>
        <input
          type="search"
          aria-label="Find a federation"
          placeholder="Find…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={controlClasses('w-56')}
        />
        {mayCreate && create}
      </div>
      <ServiceNotice failure={query.data === undefined ? null : query.error} />
      <div className="rounded-lg border border-line bg-surface">
        <QueryGate
          query={query}
          what="the federations"
          loading={<SkeletonRows label="Loading federations" />}
        >
          {(federations) =>
            federations.length === 0 ? (
              <EmptyState title="No federation yet" action={mayCreate ? create : undefined}>
                A federation is a base model and the clients that tune it together.{' '}
                {mayCreate ? 'Create the first one to open rounds.' : 'An operator can create one.'}
              </EmptyState>
            ) : (
              <FederationsTable federations={federations} search={search.toLowerCase()} />
            )
          }
        </QueryGate>
      </div>
    </>
  );
}
