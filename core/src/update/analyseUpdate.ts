import { CLIENT_PRODUCTS_MAX } from '../florist/constants.js';
import type { SpectrumGoal } from '../florist/decomposition.js';
import type { ModuleMeasure, ModuleSource } from '../florist/moduleReport.js';
import { rankCounts } from '../florist/rankCounts.js';
import { stackedRank } from '../florist/stackedRank.js';
import { tailEnergies } from '../florist/tailEnergies.js';
import type { Kernel } from '../kernel/kernel.js';
import { addModuleProducts } from '../weighting/addModuleProducts.js';
import { clientProducts, squareOf } from '../weighting/clientProducts.js';
import { decomposeUpdate, type UpdateSpectrum } from './decomposeUpdate.js';
import { meansError } from './meansError.js';
import type { Accumulated } from './withUpdate.js';

/** Everything about a module that its accumulated ΔW tells. */
export interface UpdateAnalysis {
  readonly measure: ModuleMeasure;
  /** Absent where the module is degenerate. */
  readonly spectrum?: UpdateSpectrum;
}

/**
 * Spectrum, errors of the other methods and, where the clients are few enough, their inner products.
 *
 * @param goal how much of the spectrum is needed; it reaches to the largest client rank in any case
 */
export async function analyseUpdate(
  kernel: Kernel,
  source: ModuleSource,
  accumulated: Accumulated,
  goal: SpectrumGoal,
  reason: string,
): Promise<UpdateAnalysis> {
  const { energy, degenerate, means, sharedA } = accumulated;
  const clientRanks = rankCounts(source.shares.map(({ rank }) => rank));
  const wanted = { energy: goal.energy, rank: Math.max(goal.rank, means.rank) };
  const spectrum = degenerate ? undefined : await decomposeUpdate(kernel, accumulated, wanted);
  const sigma = spectrum?.singularValues ?? new Float64Array(Math.min(...source.shape));
  const restEnergy = spectrum?.restEnergy ?? 0;
  const tails = tailEnergies(sigma, restEnergy);
  const measure: ModuleMeasure = {
    name: source.name,
    shape: source.shape,
    stackedRank: stackedRank(source.shares),
    clientRanks,
    energy: degenerate ? 0 : energy,
    degenerate,
    singularValues: [...sigma],
    restEnergy,
    path: 'update',
    pathReason: spectrum === undefined ? 'the update is zero' : `${reason}; ${spectrum.how}`,
    methodErrors: {
      fedit: await meansError(kernel, accumulated),
      flora: 0,
      'ffa-lora': sharedA === undefined ? null : 0,
      flexlora: clientRanks.map(({ rank }) => tails[Math.min(rank, sigma.length)]),
    },
    ...(source.shares.length <= CLIENT_PRODUCTS_MAX && {
      clientProducts: await innerProducts(kernel, source),
    }),
  };
  return { measure, ...(spectrum && { spectrum }) };
}

async function innerProducts(kernel: Kernel, source: ModuleSource): Promise<number[]> {
  const products = clientProducts('triangle', source.shares.length);
  await addModuleProducts(kernel, source, [...source.shares.keys()], products, false);
  return squareOf(products);
}
