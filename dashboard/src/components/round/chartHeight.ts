/** Pixels of the two charts that stand side by side. */
export const CHART_HEIGHT = 340;

/** Pixels of the selected modules under the first, with which the second is level. */
export const CHIPS_HEIGHT = 56;

/** Pixels of the τ explorer. */
export const TAU_HEIGHT = 260;
