// @ts-check

/**
 * Normally distributed numbers that are the same for the same seed (mulberry32 and Box–Muller).
 * @param {number} seed
 * @param {number} count
 * @returns {Float32Array}
 */
export function gaussians(seed, count) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < count) {
      values[i + 1] = radius * Math.sin(angle);
    }
  }
  return values;
}
