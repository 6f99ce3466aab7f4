// @ts-check

/** Side of the square factors: 18 MB each, beyond the caches, and large enough to hide every fixed cost. */
const SIDE = 1536;
const REPETITIONS = 6;

/**
 * How fast this machine multiplies float64 matrices through the engine, at its best: operations a second, where a
 * multiplication and an addition are two.
 *
 * @param {import('../../../core/src/kernel/kernel.js').Kernel} kernel
 */
export async function productRate(kernel) {
  const x = Float64Array.from({ length: SIDE * SIDE }, (_, at) => 1 / (1 + (at % 97)));
  const y = Float64Array.from({ length: SIDE * SIDE }, (_, at) => 1 / (1 + (at % 89)));
  let best = 0;
  for (let at = 0; at < REPETITIONS; at++) {
    const begun = performance.now();
    await kernel.multiply(x, y, SIDE, SIDE, SIDE);
    best = Math.max(best, (2 * SIDE ** 3) / ((performance.now() - begun) / 1000));
  }
  return best;
}
