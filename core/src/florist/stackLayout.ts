import type { ModuleShare } from './moduleReport.js';

/** How clients lie in the stack, and the factors that it does not hold: everything in r-space starts here. */
export interface StackLayout {
  /** r = Σ r_k. */
  readonly rank: number;
  /** Largest r_k. */
  readonly rankMax: number;
  /** r_k of each client, in order. */
  readonly ranks: readonly number[];
  /** First direction of each client. */
  readonly offsets: readonly number[];
  /** scale_k of each client. */
  readonly scales: readonly number[];
  /** w_k of each client. */
  readonly weights: readonly number[];
}

export function stackLayout(clients: readonly ModuleShare[]): StackLayout {
  const offsets: number[] = [];
  let rank = 0;
  let rankMax = 0;
  for (const client of clients) {
    offsets.push(rank);
    rank += client.rank;
    rankMax = Math.max(rankMax, client.rank);
  }
  return {
    rank,
    rankMax,
    offsets,
    ranks: clients.map((client) => client.rank),
    scales: clients.map((client) => client.scale),
    weights: clients.map((client) => client.weight),
  };
}
