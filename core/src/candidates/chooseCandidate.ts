import type { CandidatePolicy } from '../schemas/candidates.js';
import { shown } from '../weighting/shown.js';

/** An adapter of a round and what was found out about it. */
export interface Evidence {
  readonly adapter: string;
  /** What it is, for the reason: 'τ 0.9', 'fedit'. */
  readonly label: string;
  readonly totalRank: number;
  /** Example-weighted mean of the policy's metric; undefined without evaluations. */
  readonly mean?: number | undefined;
  readonly evaluations: number;
}

type Known = Evidence & { readonly mean: number };

/** Which adapter to serve and why. */
export interface Decision {
  readonly adapter: string;
  readonly reason: string;
}

/**
 * The candidate that a policy picks: the best (FLoRIST-O), or the smallest total rank that is still within the margin
 * of the best baseline (FLoRIST-E). Only what has `minEvaluations` counts, among baselines too. Without a baseline
 * the best candidate is the measure; where none comes near the baseline, the best candidate is taken.
 *
 * @param baselines adapters of other methods than FLoRIST
 * @returns undefined where no candidate has evaluations enough
 */
export function chooseCandidate(
  policy: Exclude<CandidatePolicy, { choose: 'hold' }>,
  candidates: readonly Evidence[],
  baselines: readonly Evidence[],
): Decision | undefined {
  const { metric, higherIsBetter, minEvaluations } = policy;
  const isKnown = (evidence: Evidence): evidence is Known =>
    evidence.mean !== undefined && evidence.evaluations >= minEvaluations;
  const loss = ({ mean }: Known) => (higherIsBetter ? -mean : mean);
  const byLoss = (x: Known, y: Known) => loss(x) - loss(y) || x.totalRank - y.totalRank;
  const bySize = (x: Known, y: Known) => x.totalRank - y.totalRank || loss(x) - loss(y);
  const known = candidates.filter(isKnown);
  const [best] = [...known].sort(byLoss);
  if (best === undefined) return undefined;
  const values = `${metric}: ${[...candidates, ...baselines].map(describe).join(', ')}.`;
  if (policy.choose === 'best') {
    return { adapter: best.adapter, reason: `${best.label} has the best mean. ${values}` };
  }
  const [baseline = best] = baselines.filter(isKnown).sort(byLoss);
  const [smallest] = known
    .filter((candidate) => loss(candidate) <= loss(baseline) + policy.margin)
    .sort(bySize);
  if (smallest === undefined) {
    const far = `No candidate is within ${policy.margin} of ${baseline.label}, so ${best.label} is the closest.`;
    return { adapter: best.adapter, reason: `${far} ${values}` };
  }
  const near = `${smallest.label} has the smallest rank within ${policy.margin} of ${baseline.label}.`;
  return { adapter: smallest.adapter, reason: `${near} ${values}` };
}

function describe({ adapter, label, totalRank, mean, evaluations }: Evidence): string {
  const value = mean === undefined ? 'not evaluated' : `${shown(mean)} by ${evaluations}`;
  return `${adapter} (${label}, rank ${totalRank}) ${value}`;
}
