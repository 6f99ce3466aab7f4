import { SIGMA_TOLERANCE } from './constants.js';

/** How many σ, given in descending order, lie above SIGMA_TOLERANCE · σ_1. */
export function numericalRank(sigma: ArrayLike<number>): number {
  let rank = 0;
  while (rank < sigma.length && sigma[rank] > SIGMA_TOLERANCE * sigma[0]) rank++;
  return rank;
}
