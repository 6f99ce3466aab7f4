/** Σ n_k x_k / Σ n_k, with the weights divided first, so that no sum is larger than the values. */
export function weightedMean(
  evaluations: readonly { readonly value: number; readonly numExamples: number }[],
): { mean: number; numExamples: number } {
  const numExamples = evaluations.reduce((sum, evaluation) => sum + evaluation.numExamples, 0);
  if (!(numExamples > 0)) throw new Error('no evaluation has an example');
  const mean = evaluations.reduce((sum, { value, numExamples: own }) => sum + (own / numExamples) * value, 0);
  return { mean, numExamples };
}
