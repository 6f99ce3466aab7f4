import type { Receipt } from '../schemas/submission.js';

/** With how many examples a submission weighs in the mean: fewer than it trained on, where it came late. */
export function effectiveExamples({
  numExamples,
  carried,
}: Pick<Receipt, 'numExamples' | 'carried'>): number {
  return numExamples * (carried?.weight ?? 1);
}
