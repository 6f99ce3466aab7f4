import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/ApiProblem.ts';

/** Live events refresh what changes; this only bounds how old a view can be without them. */
const STALE_MS = 30_000;

const RETRIES_MAX = 3;

/** @param onSignedOut called when the api or the dashboard no longer knows the session */
export function makeQueryClient(onSignedOut?: (problem: ApiProblem) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.status === 401) {
          onSignedOut?.(error);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (count, error) => isPassing(error) && count < RETRIES_MAX,
        retryDelay: (count) => Math.min(8000, 500 * 2 ** count),
      },
    },
  });
}

/** Waited for long enough already: whoever waits longer wants to know why first. */
const SILENT = 504;

/** Whether asking again may help: the reader's own mistakes stay mistakes. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) {
    return true;
  }
  return (error.status >= 500 && error.status !== SILENT) || error.status === 429;
}
