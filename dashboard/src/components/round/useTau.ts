'use client';

import { useDeferredValue } from 'react';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { TAU_DEFAULT, TAU_GRID, tauIndex } from '#lib/spectrum/tauGrid.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';

/** The τ being looked at, kept in the URL; at first that of the adapter on view. */
export function useTau(summary: SpectrumSummary) {
  const publishedTau = summary.tau;
  const initial = TAU_GRID[tauIndex(publishedTau ?? TAU_DEFAULT)] ?? 1;
  const [text, setText] = useUrlState('tau', '');
  const given = Number(text);
  const tau = text === '' || !Number.isFinite(given) ? initial : (TAU_GRID[tauIndex(given)] ?? initial);
  const setTau = (next: number) => setText(next === initial ? '' : String(next));
  return { tau, settledTau: useDeferredValue(tau), setTau, publishedTau };
}
