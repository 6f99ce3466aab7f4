/**
 * A fixed pseudo-random block (b, size) with entries in [−1, 1): the same every time, so that the same
 * submissions give the same bytes. Numbers by mulberry32 (T. Ettinger), which is ample for a start.
 */
export function startBlock(b: number, size: number): Float64Array {
  const block = new Float64Array(b * size);
  let state = SEED;
  for (let i = 0; i < block.length; i += 1) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    block[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return block;
}

const SEED = 20_250_609;
