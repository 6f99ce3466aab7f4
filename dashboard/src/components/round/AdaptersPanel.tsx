'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { DataTable } from '#components/ui/DataTable.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Adapter } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { keys } from '#lib/queries/keys.ts';
import { adapterColumns } from './adapterColumns.tsx';

interface AdaptersPanelProps {
  federation: string;
  round: number;
  adapters: readonly Adapter[];
  /** The one on view. */
  viewed: string | undefined;
  onView: (id: string) => void;
}

/** All that was made of the round's submissions; clients get the current one. */
export function AdaptersPanel({ federation, round, adapters, viewed, onView }: AdaptersPanelProps) {
  const client = useQueryClient();
  const operator = useRole() === 'operator';
  const [promoting, setPromoting] = useState<Adapter>();
  const columns = useMemo(
    () =>
      adapterColumns({ federation, round, viewed, onView, onPromote: operator ? setPromoting : undefined }),
    [federation, round, viewed, onView, operator],
  );
  const promote = async () => {
    const changed = await unwrap(
      browserApi.POST('/v1/federations/{federation}/rounds/{round}/adapters/{adapter}/promote', {
        params: { path: { federation, round: String(round), adapter: promoting?.id ?? '' } },
      }),
    );
    client.setQueryData(keys.round(federation, round), changed);
    await client.invalidateQueries({ queryKey: keys.adapters(federation, round) });
  };
  const current = adapters.find((adapter) => adapter.current);
  return (
    <Panel title="Adapters" hint="Made from the same submissions. Clients get the current one." flush>
      <DataTable label="Adapters" rows={adapters} rowKey={({ id }) => id} columns={columns} />
      <ConfirmDialog
        open={promoting !== undefined}
        onOpenChange={(open) => !open && setPromoting(undefined)}
        title={`Make ${promoting?.id} the current adapter of round ${round}?`}
        act="Make current"
        consequence={
          <p>
            From now on clients of {federation} that fetch round {round} get{' '}
            {promoting && describeMethod(promoting.aggregation)} instead of{' '}
            {current && describeMethod(current.aggregation)} ({current?.id}). Those that already have the old
            one keep it. It can be turned back.
          </p>
        }
        onConfirm={promote}
      />
    </Panel>
  );
}
