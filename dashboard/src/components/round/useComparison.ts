'use client';

import { useQuery } from '@tanstack/react-query';
import type { Comparison } from '#lib/api/comparison.ts';
import { fetchOffered } from '#lib/api/fetchOffered.ts';
import { keys } from '#lib/queries/keys.ts';

/** What every method would cost the round; null where the api does not tell. */
export function useComparison(federation: string, round: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.comparison(federation, round),
    enabled,
    queryFn: ({ signal }) =>
      fetchOffered<Comparison>(`/api/v1/federations/${federation}/rounds/${round}/comparison`, signal),
  });
}
