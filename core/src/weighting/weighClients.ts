import { Refusal } from '../errors/refusal.js';
import { cosine } from '../linalg/cosine.js';
import type { ClientWeight, Robust, Weighting, Weights } from '../schemas/weighting.js';
import { baseWeights } from './baseWeights.js';
import { type ClientProducts, productOf, productRow } from './clientProducts.js';
import { clipNorm } from './clipNorm.js';
import { type Judgement, judge } from './judge.js';
import { shown } from './shown.js';

/** Who is to be weighed. */
export interface WeighedClient {
  readonly client: string;
  readonly numExamples: number;
  /** Below 1 where it was late for an earlier round: it counts that much less. */
  readonly staleness?: number;
}

/**
 * How much each client counts: w_k = share_k · factor_k. Shares are base weights among the clients that were not
 * dropped, so they sum to 1 and keep to `maxShare`; clipping multiplies by min(1, bound / ‖ΔW_k‖) and is not made
 * up for, so it shortens the mean.
 *
 * Permuting the clients permutes the answer, and scaling all updates alike changes no weight unless a norm is
 * given in numbers.
 *
 * @param products of the clients in their order: with a robust policy, what `productsWanted` says
 * @throws Refusal clients_too_few, clients_all_dropped
 */
export function weighClients(
  weighting: Weighting,
  clients: readonly WeighedClient[],
  products?: ClientProducts,
): Weights {
  const examples = clients.map(({ numExamples }) => numExamples);
  const staleness = clients.map((client) => client.staleness ?? 1);
  const base = baseWeights(weighting, examples, staleness);
  const { robust } = weighting;
  if (robust === undefined) {
    const weigh = (client: WeighedClient, k: number) => ({ ...row(client, base[k]), weight: base[k] });
    return { weighting, clients: clients.map(weigh) };
  }
  if (products === undefined || products.clients !== clients.length) {
    throw new Error('a robust policy weighs by the inner products of all clients');
  }
  const norms = clients.map((_, k) => Math.sqrt(Math.max(0, productOf(products, k, k))));
  const judgements = judge(robust, products, norms);
  const kept = [...clients.keys()].filter((k) => judgements[k].reason === undefined);
  if (kept.length === 0) throw allDropped(clients.length);
  const bound = boundOf(robust, norms, kept);
  const weights = new Array<number>(clients.length).fill(0);
  const shares = baseWeights(
    weighting,
    kept.map((k) => examples[k]),
    kept.map((k) => staleness[k]),
  );
  for (const [at, k] of kept.entries()) weights[k] = shares[at] * factorOf(norms[k], bound);
  const cosines = cosinesToMean(products, norms, weights);
  return {
    weighting,
    ...(Number.isFinite(bound) && { clipNorm: bound }),
    clients: clients.map((client, k) => ({
      ...row(client, base[k]),
      ...verdictOf(judgements[k], norms[k], bound),
      weight: weights[k],
      norm: Number.isFinite(norms[k]) ? norms[k] : null,
      ...(cosines !== undefined && { cosineToMean: cosines[k] }),
    })),
  };
}

function row({ client, numExamples, staleness }: WeighedClient, baseWeight: number) {
  const late = staleness === undefined ? {} : { staleness };
  return { client, numExamples, ...late, baseWeight, factor: 1, verdict: 'kept' } as const;
}

function boundOf({ clip }: Robust, norms: readonly number[], kept: readonly number[]): number {
  if (clip === undefined) return Number.POSITIVE_INFINITY;
  return clipNorm(
    clip,
    kept.map((k) => norms[k]),
  );
}

function factorOf(norm: number, bound: number): number {
  return norm > bound ? bound / norm : 1;
}

function verdictOf(
  { reason, medianCosine, krumScore }: Judgement,
  norm: number,
  bound: number,
): Partial<ClientWeight> {
  const scores = {
    ...(medianCosine !== undefined && { medianCosine }),
    // of sums beyond what JSON can hold, the reason tells
    ...(Number.isFinite(krumScore) && { krumScore }),
  };
  if (reason !== undefined) return { ...scores, factor: 0, verdict: 'dropped', reason };
  if (!(norm > bound)) return scores;
  const cut = `Its norm ${shown(norm)} is above ${shown(bound)}.`;
  return { ...scores, factor: factorOf(norm, bound), verdict: 'clipped', reason: cut };
}

/** Of each update to the mean that these weights give; not known where only norms are. */
function cosinesToMean(
  products: ClientProducts,
  norms: readonly number[],
  weights: readonly number[],
): number[] | undefined {
  if (products.kind === 'diagonal') return undefined;
  const row = new Float64Array(products.clients);
  const toMean = norms.map((norm, k) => {
    if (!Number.isFinite(norm)) return 0;
    productRow(products, k, row);
    return weights.reduce((sum, w, l) => (w === 0 ? sum : sum + w * row[l]), 0);
  });
  const squared = weights.reduce((sum, w, k) => sum + w * toMean[k], 0);
  const mean = Math.sqrt(Math.max(0, squared));
  return toMean.map((product, k) => (Number.isFinite(norms[k]) ? cosine(product, norms[k], mean) : 0));
}

function allDropped(count: number): Refusal {
  return new Refusal(
    'clients_all_dropped',
    `The weighting drops all ${count} clients, so nothing is left to publish; loosen it and try again.`,
  );
}
