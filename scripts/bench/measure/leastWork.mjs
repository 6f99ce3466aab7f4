// @ts-check

/** Bytes of a float32, in which adapters are published. */
const PUBLISHED_BYTES = 4;

/**
 * What aggregating one module must move and compute at the least, whatever the way to its spectrum: every byte of
 * the factors is read and every byte of the adapter written; either both Gram matrices, of which symmetry saves
 * half, or ΔW and its Gram matrix over the shorter side; then the final products. Work in r-space is left out.
 *
 * @param {{ shape: readonly [m: number, n: number], stackedRank: number, rank: number }} report
 * @param {number} inputBytes of the factors
 * @returns {{ bytes: number, operations: number }}
 */
export function leastWork({ shape: [m, n], stackedRank: r, rank: p }, inputBytes) {
  const grams = r * r * (m + n);
  const dense = 2 * r * m * n + Math.min(m, n) * m * n;
  return {
    bytes: inputBytes + PUBLISHED_BYTES * p * (m + n),
    operations: Math.min(grams, dense) + 2 * r * p * (m + n),
  };
}
