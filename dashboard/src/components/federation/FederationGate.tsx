'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureState } from '#components/ui/FailureState.tsx';
import { useStandingError } from '#components/ui/useStandingError.ts';
import { browserApi } from '#lib/api/browserApi.ts';
import { queries } from '#lib/queries/queries.ts';

/** A page of a federation, or why there is none: one message instead of one per panel. */
export function FederationGate({ federation, children }: { federation: string; children: ReactNode }) {
  const query = useQuery(queries.federation(browserApi, federation));
  const error = useStandingError(query);
  if (error !== null) {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <FailureState
          page
          problem={error}
          what={`federation ${federation}`}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      </div>
    );
  }
  return children;
}
