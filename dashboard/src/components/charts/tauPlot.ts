/** Pixels around the plot of the τ explorer; the slider below keeps to the same left and right. */
export const PLOT = { left: 76, right: 84, top: 14, bottom: 36 } as const;
