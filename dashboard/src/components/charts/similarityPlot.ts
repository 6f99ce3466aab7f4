/** Names beside the map up to this many clients; beyond, only who stands apart is marked. */
export const NAMES_MAX = 40;

/** Pixels of the legend under the map, and of what keeps it off. */
const LEGEND = 44;
const TOP = 8;
const RIGHT = 12;

/** The map of similarities on its canvas; pixels. */
export interface SimilarityPlot {
  named: boolean;
  left: number;
  top: number;
  /** Of the square: a whole number of pixels for each client, so that no two cells differ. */
  side: number;
}

export function similarityPlot(clients: number, width: number, height: number): SimilarityPlot {
  const named = clients <= NAMES_MAX;
  const left = named ? 132 : 24;
  const room = Math.min(width - left - RIGHT, height - TOP - LEGEND);
  return { named, left, top: TOP, side: Math.max(1, Math.floor(room / clients)) * clients };
}
