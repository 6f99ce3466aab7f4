import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

export type Failing = Pick<UseQueryResult, 'data' | 'error' | 'errorUpdateCount'>;

/**
 * Why there is no data, for as long as there is none: a query without data forgets its error whenever it asks
 * again, and a page that asks every few seconds would flicker.
 */
export function useStandingError({ data, error, errorUpdateCount }: Failing): Error | null {
  const [last, setLast] = useState(error);
  if (error !== null && error !== last) {
    setLast(error);
  }
  return data === undefined && errorUpdateCount > 0 ? (error ?? last) : null;
}
