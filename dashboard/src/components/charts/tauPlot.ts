/** Pixels around the plot of the τ explorer; the slider below keeps to the same. */
export const PLOT = { left: 58, right: 84 } as const;
