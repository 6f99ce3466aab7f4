/** Indices up to here are all kept: that is where curves bend. */
const DENSE = 16;

/** Points per doubling beyond; finer than a screen resolves on a logarithmic axis. */
const PER_OCTAVE = 7;

/** Where long spectra are sampled: 1-based indices, ascending, dense at first and then by ratio, the last included. */
export function indexGrid(length: number): number[] {
  const grid: number[] = [];
  for (let index = 1; index <= Math.min(DENSE, length); index++) {
    grid.push(index);
  }
  const ratio = 2 ** (1 / PER_OCTAVE);
  for (let at = DENSE * ratio; at < length; at *= ratio) {
    const index = Math.round(at);
    if (index > (grid.at(-1) ?? 0)) {
      grid.push(index);
    }
  }
  if (length > (grid.at(-1) ?? 0)) {
    grid.push(length);
  }
  return grid;
}
