'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Token } from '#lib/api/types.ts';
import { queries } from '#lib/queries/queries.ts';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';
import { RevokeTokenDialog } from './RevokeTokenDialog.tsx';
import { RotateTokenDialog } from './RotateTokenDialog.tsx';
import { tokenColumns } from './tokenColumns.tsx';

export type TokenAsking = { act: 'create' } | { act: 'rotate' | 'revoke'; token: Token };

/** Who may operate or read, by token. */
export function TokensView({ apiUrl }: { apiUrl: string }) {
  const query = useQuery(queries.tokens(browserApi));
  const [asking, setAsking] = useState<TokenAsking>();
  const columns = useMemo(() => tokenColumns(setAsking), []);
  const close = () => setAsking(undefined);
  const asked = (act: 'rotate' | 'revoke') => (asking?.act === act ? asking.token : undefined);
  const create = (
    <Button look="primary" onClick={() => setAsking({ act: 'create' })}>
      <Plus size={15} aria-hidden="true" />
      New token
    </Button>
  );
  return (
    <>
      <h1 className="mb-4 text-lg font-semibold">Tokens</h1>
      <Panel
        title="Operators and viewers"
        hint="One for each person and program, so that the trail tells them apart. Those that settings name are not listed."
        flush
        actions={query.data !== undefined && create}
      >
        <QueryGate query={query} what="the tokens" loading={<SkeletonRows label="Loading the tokens" />}>
          {(tokens) => (
            <DataTable
              label="Tokens"
              rows={tokens}
              rowKey={({ id }) => id}
              columns={columns}
              sortName="sort"
              empty={
                <EmptyState title="No token yet" action={create}>
                  Whoever operates or watches Florist can have a token of their own: for everything or for
                  some federations, for a time or until it is revoked.
                </EmptyState>
              }
            />
          )}
        </QueryGate>
      </Panel>
      <CreateTokenDialog apiUrl={apiUrl} open={asking?.act === 'create'} onClose={close} />
      <RotateTokenDialog apiUrl={apiUrl} token={asked('rotate')} onClose={close} />
      <RevokeTokenDialog token={asked('revoke')} onClose={close} />
    </>
  );
}
