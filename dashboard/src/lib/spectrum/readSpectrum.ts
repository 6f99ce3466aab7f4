import type { Spectrum } from '../api/types.ts';
import type { ModuleData, SpectrumData } from './spectrumData.ts';

/** Up to this relative difference the sum of the squared σ is the energy, and the listed σ are all there are. */
const COMPLETE = 1e-6;

/** The api's spectrum in typed arrays, with running sums. */
export function readSpectrum(spectrum: Spectrum): SpectrumData {
  return { tau: spectrum.tau, modules: spectrum.modules.map(readModule) };
}

function readModule(module: Spectrum['modules'][number]): ModuleData {
  const { name, stackedRank, rank, energy, degenerate } = module;
  const sigma = Float64Array.from(module.singularValues);
  const cumulative = new Float64Array(sigma.length);
  let sum = 0;
  for (const [index, value] of sigma.entries()) {
    sum += value * value;
    cumulative[index] = sum;
  }
  const complete = Math.abs(sum - energy) <= COMPLETE * energy;
  const [m = 0, n = 0] = module.shape;
  return {
    name,
    shape: [m, n],
    stackedRank,
    rank,
    energy: complete ? sum : energy,
    degenerate,
    sigma,
    cumulative,
  };
}
