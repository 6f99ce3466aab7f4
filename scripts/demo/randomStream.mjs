// @ts-check

/** One full turn of the golden ratio in 32 bits: keeps the words of nearby seeds apart. */
const GOLDEN = 0x9e3779b9;
const TWO_PI = 2 * Math.PI;
const UNIT = 2 ** -32;

/**
 * A reproducible stream of random numbers: xorshift128 seeded by hashing the given integers, normal deviates
 * by Box and Muller's transform.
 *
 * @param {...number} seeds integers; any difference gives an unrelated stream
 */
export function randomStream(...seeds) {
  let [x, y, z, w] = /** @type {[number, number, number, number]} */ (spread(seeds));
  let spare = Number.NaN;
  const next = () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0;
    return w;
  };
  /** A standard normal deviate. */
  const normal = () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log((next() + 1) * UNIT));
    const angle = TWO_PI * next() * UNIT;
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { normal };
}

/**
 * Four non-zero words that depend on every bit of every seed.
 *
 * @param {number[]} seeds
 */
function spread(seeds) {
  let state = seeds.length;
  const mix = (/** @type {number} */ value) => {
    state = (state + value + GOLDEN) | 0;
    let hash = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
    state = hash ^ (hash >>> 15);
    return (state >>> 0) | 1;
  };
  for (const seed of seeds) mix(seed);
  return [mix(1), mix(2), mix(3), mix(4)];
}
