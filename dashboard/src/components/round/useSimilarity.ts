'use client';

import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { fetchView } from '#lib/api/fetchView.ts';
import { keys } from '#lib/queries/keys.ts';
import type { TrimmedSimilarity } from '#lib/similarity/trimSimilarity.ts';

/** How alike the clients' updates are. */
export function useSimilarity(federation: string, round: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.similarity(federation, round),
    enabled,
    retryOnMount: false,
    queryFn: ({ signal }) =>
      fetchView<TrimmedSimilarity>(`/views/federations/${federation}/rounds/${round}/similarity`, signal),
  });
}

/** Whether a round has too many clients to compare each with each. */
export function isTooMany(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'similarity_unavailable';
}
