import { Refusal } from '../errors/refusal.js';
import type { MultiKrum, Robust } from '../schemas/weighting.js';
import type { ClientProducts } from './clientProducts.js';
import { krumScores } from './krumScores.js';
import { medianCosines } from './medianCosines.js';
import { shown } from './shown.js';

/** What is thought of one client's update. */
export interface Judgement {
  /** Why it is dropped; undefined for one that counts. */
  reason?: string;
  medianCosine?: number;
  krumScore?: number;
}

/** Infinite products are also what hideCancelled makes. */
const UNTOLD =
  'Its norm is not a finite number, or its factors cancel each other so far that it cannot be told.';

/** Clients below which a median of cosines to the others is no majority's. */
const COSINE_CLIENTS_MIN = 3;

/**
 * Which clients a robust policy drops and why. Both rules look at all clients whose norm is finite, and either one
 * suffices. An update whose norm is not finite is always dropped.
 *
 * @throws Refusal clients_too_few
 */
export function judge(robust: Robust, products: ClientProducts, norms: readonly number[]): Judgement[] {
  const judgements: Judgement[] = norms.map((norm) => (Number.isFinite(norm) ? {} : { reason: UNTOLD }));
  const members = [...norms.keys()].filter((k) => Number.isFinite(norms[k]));
  if (robust.multiKrum !== undefined) judgeByKrum(robust.multiKrum, products, members, judgements);
  if (robust.dropCosine !== undefined) {
    judgeByCosine(robust.dropCosine.below, products, members, judgements);
  }
  return judgements;
}

function judgeByKrum(
  { faulty, keep }: MultiKrum,
  products: ClientProducts,
  members: readonly number[],
  judgements: Judgement[],
): void {
  const count = judgements.length;
  if (count < 2 * faulty + 3) {
    throw tooFew(`multi-Krum with ${faulty} faulty clients`, 2 * faulty + 3, count);
  }
  // whoever sent what is not finite is faulty, so that one fewer may hide among the others
  const hidden = Math.max(0, faulty - (count - members.length));
  if (members.length < 2 * hidden + 3) {
    throw tooFew(`multi-Krum with ${faulty} faulty clients`, 2 * faulty + 3, members.length);
  }
  const scores = krumScores(products, members, hidden);
  const most = Math.min(keep ?? count - faulty, members.length - hidden);
  const order = [...members.keys()].sort((x, y) => scores[x] - scores[y] || x - y);
  for (const [place, at] of order.entries()) {
    const judgement = judgements[members[at]];
    judgement.krumScore = scores[at];
    if (place < most) continue;
    judgement.reason =
      `Its score ${shown(scores[at])} is number ${place + 1} of ${members.length}, ` +
      `and multi-Krum keeps the ${most} lowest.`;
  }
}

function judgeByCosine(
  below: number,
  products: ClientProducts,
  members: readonly number[],
  judgements: Judgement[],
): void {
  if (members.length < COSINE_CLIENTS_MIN) {
    throw tooFew('dropping by cosine', COSINE_CLIENTS_MIN, members.length);
  }
  for (const [at, median] of medianCosines(products, members).entries()) {
    const judgement = judgements[members[at]];
    judgement.medianCosine = median;
    if (median >= below || judgement.reason !== undefined) continue;
    judgement.reason = `Its median cosine to the others, ${shown(median)}, is below ${below}.`;
  }
}

function tooFew(policy: string, needed: number, count: number): Refusal {
  return new Refusal(
    'clients_too_few',
    `${policy} needs at least ${needed} clients, and ${count} have sent what can be compared: ` +
      'wait for more with minSubmissions, or aggregate with another weighting.',
  );
}
