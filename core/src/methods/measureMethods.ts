import type { Grams } from '../florist/balance.js';
import type { FactorPair, MethodErrors, RankCount } from '../florist/moduleReport.js';
import type { StackLayout } from '../florist/stackLayout.js';
import { tailEnergies } from '../florist/tailEnergies.js';
import { feditError } from './feditError.js';
import { sharesFactorA } from './sharesFactorA.js';

/** How far each method that FLoRIST is compared with would be from ΔW, as squared Frobenius errors. */
export function measureMethods(
  clients: readonly FactorPair[],
  layout: StackLayout,
  grams: Grams,
  sigma: ArrayLike<number>,
  rest: number,
  clientRanks: readonly RankCount[],
): MethodErrors {
  const tails = tailEnergies(sigma, rest);
  return {
    fedit: feditError(grams, layout),
    flora: 0,
    'ffa-lora': sharesFactorA(clients) ? 0 : null,
    flexlora: clientRanks.map(({ rank }) => tails[Math.min(rank, sigma.length)]),
  };
}
