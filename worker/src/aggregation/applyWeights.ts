import type { Weights } from '@florist/core/schemas/weighting';
import type { RoundClient } from './roundClient.js';

/**
 * The clients that an adapter is made of, with their weights. A client that was dropped stays with the weight 0 for
 * modules that nobody else has, whose update is then zero; for all others it is left out, so that it adds nothing
 * to the stack's rank.
 */
export function applyWeights(clients: readonly RoundClient[], weights: Weights): RoundClient[] {
  if (weights.clients.length !== clients.length) {
    throw new Error(`${weights.clients.length} weights are not of ${clients.length} clients`);
  }
  const weighed = clients.map((client, k) => ({ ...client, weight: weightOf(weights, k, client) }));
  const kept = new Set(weighed.flatMap(({ weight, modules }) => (weight > 0 ? [...modules.keys()] : [])));
  return weighed.flatMap((client) => {
    if (client.weight > 0) return [client];
    const modules = new Map([...client.modules].filter(([name]) => !kept.has(name)));
    return modules.size > 0 ? [{ ...client, modules }] : [];
  });
}

function weightOf({ clients }: Weights, k: number, { client }: RoundClient): number {
  const found = clients[k];
  if (found?.client !== client) throw new Error(`weight ${k} is of ${found?.client}, not of ${client}`);
  return found.weight;
}
