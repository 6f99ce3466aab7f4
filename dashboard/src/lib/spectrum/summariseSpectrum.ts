import { type Exploration, exploreTau } from './exploreTau.ts';
import { indexGrid } from './indexGrid.ts';
import type { ModuleData, SpectrumData } from './spectrumData.ts';
import { type Totals, totalsAt } from './totalsAt.ts';

/** Shares travel as whole numbers of this part, finer than a pixel of any chart. */
export const SHARE_SCALE = 10_000;

export interface ModuleSummary {
  name: string;
  shape: readonly [m: number, n: number];
  stackedRank: number;
  rank: number;
  energy: number;
  degenerate: boolean;
  /** How many σ it has. */
  length: number;
  /** Share of its energy that rank p keeps. */
  energyKept: number;
  /** Cumulative share of the energy at each index of the grid up to its length, in parts of SHARE_SCALE. */
  curve: number[];
}

/** All that the page of a round draws of a spectrum, small enough to send at once. */
export interface SpectrumSummary {
  tau: number | undefined;
  grid: number[];
  modules: ModuleSummary[];
  published: Totals;
  exploration: Exploration;
}

export function summariseSpectrum(spectrum: SpectrumData): SpectrumSummary {
  const grid = indexGrid(Math.max(1, ...spectrum.modules.map((module) => module.sigma.length)));
  return {
    tau: spectrum.tau,
    grid,
    modules: spectrum.modules.map((module) => summarise(module, grid)),
    published: totalsAt(
      spectrum.modules,
      spectrum.modules.map((module) => module.rank),
    ),
    exploration: exploreTau(spectrum.modules),
  };
}

function summarise(module: ModuleData, grid: readonly number[]): ModuleSummary {
  const { name, shape, stackedRank, rank, energy, degenerate, sigma, cumulative } = module;
  const share = (index: number) => (energy > 0 ? Math.min(1, (cumulative[index - 1] ?? 0) / energy) : 0);
  return {
    name,
    shape,
    stackedRank,
    rank,
    energy,
    degenerate,
    length: sigma.length,
    energyKept: degenerate ? 1 : share(Math.min(rank, sigma.length)),
    curve: grid
      .filter((index) => index <= sigma.length)
      .map((index) => Math.round(share(index) * SHARE_SCALE)),
  };
}
