/** Pixels of the two charts that stand side by side. */
export const CHART_HEIGHT = 340;
