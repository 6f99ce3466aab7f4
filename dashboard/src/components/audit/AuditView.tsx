'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { OlderButton } from '#components/ui/OlderButton.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { queries } from '#lib/queries/queries.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { AUDIT_COLUMNS, auditTable } from './auditColumns.tsx';

/** Who changed what, newest first. */
export function AuditView() {
  const [federation, setFederation] = useUrlState('federation', '');
  const [who, setWho] = useUrlState('who', '');
  const [action, setAction] = useUrlState('action', '');
  const filters = [
    { label: 'Federation', value: federation, set: setFederation },
    { label: 'Who', value: who, set: setWho },
    { label: 'Action', value: action, set: setAction },
  ];
  const query = useInfiniteQuery({
    ...queries.audit(browserApi, { federation, who, action }),
    placeholderData: keepPreviousData,
  });
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = filters.some(({ value }) => value !== '');
  return (
    <>
      <h1 className="mb-4 text-lg font-semibold">Audit</h1>
      <Panel
        title="The trail"
        hint="Every change, and every attempt that was turned away. Nothing of it can be changed."
        flush
        actions={
          <>
            {filters.map(({ label, value, set }) => (
              <label key={label} className="flex items-center gap-1.5 text-xs text-muted">
                {label}
                <input
                  value={value}
                  spellCheck={false}
                  onChange={(event) => set(event.target.value)}
                  className={controlClasses('w-36')}
                />
              </label>
            ))}
            <CsvButton what="trail" fileName="audit.csv" table={() => auditTable(entries)} />
          </>
        }
      >
        <QueryGate
          query={query}
          what="the trail"
          loading={<SkeletonRows rows={10} label="Loading the trail" />}
        >
          {() => (
            <>
              <DataTable
                label="Audit"
                rows={entries}
                rowKey={({ id }) => id}
                columns={AUDIT_COLUMNS}
                pageSize={Math.max(entries.length, 1)}
                empty={
                  <EmptyState title={filtered ? 'Nothing of that kind' : 'Nothing yet'}>
                    {filtered
                      ? 'Names must be given whole. Clear the filter to see everything.'
                      : 'Changes appear here once they are made.'}
                  </EmptyState>
                }
              />
              <OlderButton query={query} what="entries" />
            </>
          )}
        </QueryGate>
      </Panel>
    </>
  );
}
