import type { Dtype } from '../kernel/kernel.js';
import type { CasePrecision, PublishedPrecision } from './measurePrecision.js';

/** Of σ_1: what float64 Gram matrices resolve, the root of their rounding. */
export const SIGMA_ERROR_MAX = 1e-8;

/** Published factors may be no worse than exact ones that are rounded to their dtype, but for this much luck. */
export const ROUNDING_RATIO_MAX = 1.1;

/** Entries of A_g A_gᵀ may be off by one unit in the last place of the dtype. */
export const ORTHONORMALITY_MAX: Readonly<Record<Dtype, number>> = {
  F32: 2 ** -23,
  F16: 2 ** -10,
  BF16: 2 ** -7,
};

/** What of a case is worse than Florist promises, a line for each; empty when all is well. */
export function brokenPromises({ name, published }: CasePrecision): string[] {
  return published.flatMap((adapter) => {
    const about = `${name}, τ ${adapter.tau}, ${adapter.dtype}`;
    return faultsOf(adapter).map((fault) => `${about}: ${fault}`);
  });
}

/** Written so that a NaN is a fault too. */
function faultsOf({ dtype, sigma, product, orthonormality, rounding }: PublishedPrecision): string[] {
  const faults: string[] = [];
  if (!(sigma <= SIGMA_ERROR_MAX)) faults.push(`a σ is off by ${sigma} σ_1`);
  if (!(product <= ROUNDING_RATIO_MAX * rounding.product)) {
    faults.push(`the product is off by ${product}, where rounding alone makes ${rounding.product}`);
  }
  if (!(orthonormality <= ORTHONORMALITY_MAX[dtype])) faults.push(`A_gA_gᵀ is off by ${orthonormality}`);
  return faults;
}
