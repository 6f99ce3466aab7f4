// @ts-check
import { Complaint } from '../terminal/complaint.mjs';

export const POLICY_NAMES = /** @type {const} */ (['none', 'clip', 'multi-krum']);

/** Of the median norm: what clipping allows. */
export const TIMES_MEDIAN = 1.5;
/** How many more malicious clients a round may draw than the average, in standard deviations. */
const SPREAD = 4;

/**
 * The weighting of a federation.
 *
 * @param {import('./readOptions.mjs').PolicyName} policy
 * @param {number} faulty clients that multi-Krum is to withstand
 */
export function weightingOf(policy, faulty) {
  switch (policy) {
    case 'none':
      return { by: 'examples' };
    case 'clip':
      return { by: 'examples', robust: { clip: { timesMedian: TIMES_MEDIAN } } };
    case 'multi-krum':
      return { by: 'examples', robust: { multiKrum: { faulty } } };
  }
}

/**
 * Malicious clients that a round must withstand: more than it is likely to draw, and no more than it can, since f of
 * them take 2f + 3 submissions.
 *
 * @param {import('./readOptions.mjs').Options} options
 * @throws {Complaint} where even one is too many
 */
export function faultyOf({ cohort, malicious, dropout, late }) {
  const deviation = Math.sqrt(cohort * malicious * (1 - malicious));
  const likely = Math.ceil(cohort * malicious + SPREAD * deviation);
  const submissions = cohort * (1 - dropout - late);
  const most = Math.floor((submissions - SPREAD * Math.sqrt(submissions * (dropout + late)) - 3) / 2);
  if (most < 1)
    throw new Complaint('Too few clients would answer: raise --cohort, or lower --dropout and --late.');
  return Math.max(1, Math.min(likely, most));
}
