'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchView } from '#lib/api/fetchView.ts';
import type { Adapter } from '#lib/api/types.ts';
import type { ExactModule } from '#lib/spectrum/exactModules.ts';
import type { RankTable } from '#lib/spectrum/rankTable.ts';
import type { SigmaSamples } from '#lib/spectrum/sampleSigma.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';

/** Whose spectrum is on view. */
export interface SpectrumSource {
  federation: string;
  round: number;
  adapter: Adapter;
}

/** An adapter never changes once published; a retried round makes another, of another hash. */
const published = (source: SpectrumSource, ...rest: unknown[]) => ({
  queryKey: [
    'spectrum',
    source.federation,
    source.round,
    source.adapter.id,
    source.adapter.result?.sha256,
    ...rest,
  ],
  staleTime: Number.POSITIVE_INFINITY,
  enabled: source.adapter.state === 'published',
});

function path(
  { federation, round, adapter }: SpectrumSource,
  view: string,
  search: Record<string, string> = {},
) {
  const query = new URLSearchParams({ adapter: adapter.id, ...search });
  return `/views/federations/${federation}/rounds/${round}/${view}?${query}`;
}

export function useSpectrumSummary(source: SpectrumSource) {
  return useQuery({
    ...published(source, 'summary'),
    queryFn: ({ signal }) => fetchView<SpectrumSummary>(path(source, 'spectrum'), signal),
  });
}

/** σ of all modules, asked for once the curves are drawn. */
export function useSigmaSamples(source: SpectrumSource, ready: boolean) {
  return useQuery({
    ...published(source, 'sigma'),
    enabled: ready,
    queryFn: ({ signal }) => fetchView<SigmaSamples>(path(source, 'sigma'), signal),
  });
}

/** Every value of a few modules. */
export function useExactModules(source: SpectrumSource, names: readonly string[]) {
  return useQuery({
    ...published(source, 'modules', names.join()),
    enabled: names.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchExactModules(source, names, signal),
  });
}

export function fetchExactModules(source: SpectrumSource, names: readonly string[], signal?: AbortSignal) {
  const list = names.map((name) => `&name=${encodeURIComponent(name)}`).join('');
  return fetchView<{ modules: ExactModule[] }>(`${path(source, 'modules')}${list}`, signal);
}

/** Ranks of all modules at every τ, asked for once the reader moves it. */
export function useRankTable(source: SpectrumSource, enabled: boolean) {
  return useQuery({
    ...published(source, 'rank-table'),
    enabled,
    queryFn: ({ signal }) => fetchView<RankTable>(path(source, 'rank-table'), signal),
  });
}
