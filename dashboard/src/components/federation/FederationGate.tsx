'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureState } from '#components/ui/FailureState.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { queries } from '#lib/queries/queries.ts';

/** A page of a federation, or why there is none: one message instead of one per panel. */
export function FederationGate({ federation, children }: { federation: string; children: ReactNode }) {
  const { data, error, isFetching, refetch } = useQuery(queries.federation(browserApi, federation));
  if (data === undefined && error !== null && !isFetching) {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <FailureState page problem={error} what={`federation ${federation}`} onRetry={() => void refetch()} />
      </div>
    );
  }
  return children;
}
