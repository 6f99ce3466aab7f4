'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureState } from './FailureState.tsx';

interface QueryGateProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isFetching' | 'refetch'>;
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
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.error !== null && !query.isFetching) {
    return <FailureState problem={query.error} what={what} onRetry={() => void query.refetch()} />;
  }
  return loading;
}
