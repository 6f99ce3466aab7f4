/** Labels along the axis of ranks that can be told apart at its height. */
const LABELS_MAX = 7;

/** The logarithmic axis of total ranks. */
export interface TauAxis {
  min: number;
  max: number;
  /** Powers of two at even steps. */
  ticks: number[];
  /** How far down from the top a rank lies, 0 to 1. */
  down: (rank: number) => number;
}

/** Powers of two around all that is drawn. */
export function tauAxis(ranks: readonly number[]): TauAxis {
  const drawn = ranks.filter((rank) => rank > 0);
  const low = Math.floor(Math.log2(Math.min(...drawn)));
  const high = Math.ceil(Math.log2(Math.max(...drawn) * 1.05));
  const powers = high - low;
  const every = 2 ** Math.max(0, Math.ceil(Math.log2(powers / LABELS_MAX)));
  return {
    min: 2 ** low,
    max: 2 ** high,
    ticks: Array.from({ length: Math.floor(powers / every) + 1 }, (_, at) => 2 ** (low + at * every)),
    down: (rank) => (high - Math.log2(rank)) / powers,
  };
}
