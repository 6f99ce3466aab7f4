import { DECADE_SCALE, type SigmaSamples } from '#lib/spectrum/sampleSigma.ts';
import { type ModuleSummary, SHARE_SCALE, type SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';

export type CurveView = 'energy' | 'sigma';

/** Decades of σ on view; what lies under is rounding. */
const DECADES = 5;

/** Curves of all modules over one grid of indices, and the axis they are drawn on. */
export interface CurveSet {
  view: CurveView;
  tau: number | undefined;
  grid: readonly number[];
  modules: readonly ModuleSummary[];
  /** The ends of the axis of values. */
  low: number;
  high: number;
  /** Value of a module at a position of the grid; undefined beyond its length. */
  value: (module: number, at: number) => number | undefined;
  /** Cumulative share of the energy there, whatever the view. */
  share: (module: number, at: number) => number | undefined;
  /** σ there, once it is known. */
  sigma: (module: number, at: number) => number | undefined;
}

export function curveSet(
  { tau, grid, modules }: SpectrumSummary,
  samples: SigmaSamples | undefined,
  view: CurveView,
): CurveSet {
  const share = (module: number, at: number) => {
    const parts = modules[module]?.curve[at];
    return parts === undefined ? undefined : parts / SHARE_SCALE;
  };
  const sigma = (module: number, at: number) => {
    const log = samples?.modules[module]?.logs[at];
    return log === undefined || samples === undefined
      ? undefined
      : samples.largest * 10 ** (log / DECADE_SCALE);
  };
  const decade = Math.ceil(Math.log10(samples?.largest || 1));
  return {
    ...{ view, tau, grid, modules, share, sigma },
    ...(view === 'energy'
      ? { value: share, low: 0, high: 1 }
      : { value: sigma, low: 10 ** (decade - DECADES), high: 10 ** decade }),
  };
}

/** Where a value lies on the axis, 0 to 1. */
export function heightOf({ view, low, high }: CurveSet, value: number): number {
  return view === 'energy'
    ? (value - low) / (high - low)
    : Math.log(Math.max(value, Number.MIN_VALUE) / low) / Math.log(high / low);
}

/** Where p lies on a curve, read from the nearest index of the grid at or after it. */
export function markAt(
  { grid, modules, value }: CurveSet,
  number: number,
): readonly [number, number] | undefined {
  const rank = modules[number]?.rank ?? 0;
  const y = value(
    number,
    grid.findIndex((index) => index >= rank),
  );
  return y === undefined ? undefined : [rank, y];
}
