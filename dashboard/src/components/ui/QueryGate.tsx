'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureState } from './FailureState.tsx';
import { useStandingError } from './useStandingError.ts';

interface QueryGateProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'errorUpdateCount' | 'isFetching' | 'refetch'>;
  /** What was asked for: "the rounds". */
  what: string;
  loading: ReactNode;
  children: (data: T) => ReactNode;
}

/**
 * Data, or its place held while it comes, or why it does not come. Data once shown stays on view when a later
 * refresh fails; the connection's state in the top bar tells of that.
 */
export function QueryGate<T>({ query, what, loading, children }: QueryGateProps<T>) {
  const error = useStandingError(query);
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (error !== null) {
    return (
      <FailureState
        problem={error}
        what={what}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  return loading;
}
