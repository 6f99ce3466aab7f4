import { indexGrid } from './indexGrid.ts';
import type { SpectrumData } from './spectrumData.ts';

/** Decades below the largest σ that are told apart; what lies under is drawn as the floor. */
const DECADES = 8;

/** Logarithms travel as whole numbers of this part of a decade. */
export const DECADE_SCALE = 1000;

export interface SigmaSamples {
  grid: number[];
  /** The largest σ of all modules. */
  largest: number;
  /** Per module, log10(σ_i / largest) at each index of the grid up to its length, in parts of DECADE_SCALE. */
  modules: { name: string; logs: number[] }[];
}

/** The singular values of all modules on one grid of indices, for maps and overlays on a logarithmic scale. */
export function sampleSigma(spectrum: SpectrumData): SigmaSamples {
  const grid = indexGrid(Math.max(1, ...spectrum.modules.map((module) => module.sigma.length)));
  const largest = Math.max(0, ...spectrum.modules.map((module) => module.sigma[0] ?? 0));
  return {
    grid,
    largest,
    modules: spectrum.modules.map(({ name, sigma }) => ({
      name,
      logs: grid
        .filter((index) => index <= sigma.length)
        .map((index) => {
          const ratio = largest > 0 ? (sigma[index - 1] ?? 0) / largest : 0;
          return Math.round(Math.max(-DECADES, Math.log10(Math.max(ratio, 1e-300))) * DECADE_SCALE);
        }),
    })),
  };
}
