'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchOffered } from '#lib/api/fetchOffered.ts';
import { keys } from '#lib/queries/keys.ts';
import type { TrimmedSimilarity } from '#lib/similarity/trimSimilarity.ts';

/** How alike the clients' updates are; null where the api does not tell. */
export function useSimilarity(federation: string, round: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.similarity(federation, round),
    enabled,
    queryFn: ({ signal }) =>
      fetchOffered<TrimmedSimilarity>(`/views/federations/${federation}/rounds/${round}/similarity`, signal),
  });
}
