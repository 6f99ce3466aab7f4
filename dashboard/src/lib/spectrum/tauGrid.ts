/** Where the explorer starts for an adapter that no τ made. */
export const TAU_DEFAULT = 0.9;

/** The explorer's range: below half of the energy an adapter is of no use. */
export const TAU_MIN = 0.5;
export const TAU_MAX = 1;
export const TAU_STEP = 0.001;

const STEPS = Math.round((TAU_MAX - TAU_MIN) / TAU_STEP);

/** Every τ the explorer offers, ascending; each the double nearest to its three decimals. */
export const TAU_GRID: readonly number[] = Array.from({ length: STEPS + 1 }, (_, step) =>
  Number((TAU_MIN + step * TAU_STEP).toFixed(3)),
);

/** Where the grid holds the τ nearest to the one given. */
export function tauIndex(tau: number): number {
  return Math.min(STEPS, Math.max(0, Math.round((tau - TAU_MIN) / TAU_STEP)));
}
