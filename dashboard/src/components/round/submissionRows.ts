import type { Receipt } from '#lib/api/types.ts';
import type { TrimmedSimilarity } from '#lib/similarity/trimSimilarity.ts';

/** One client's line on the page of a round. */
export interface SubmissionRow {
  client: string;
  receipt: Receipt;
  /** Its share of the examples, w_k. */
  weight: number | undefined;
  /** ‖ΔW_k‖. */
  norm: number | undefined;
  /** Cosine of its update to the weighted mean. */
  cosine: number | undefined;
}

/** Submissions in the order they came, so that new ones never move the others. */
export function submissionRows(
  receipts: readonly Receipt[],
  similarity: TrimmedSimilarity | undefined,
): SubmissionRow[] {
  const examples = receipts.reduce((sum, { numExamples }) => sum + numExamples, 0);
  const place = new Map(similarity?.clients.map((client, index) => [client, index]));
  return receipts
    .toSorted((a, b) => a.acceptedAt.localeCompare(b.acceptedAt))
    .map((receipt) => {
      const at = place.get(receipt.client) ?? -1;
      return {
        client: receipt.client,
        receipt,
        weight: receipt.numExamples / examples,
        norm: similarity?.norms[at],
        cosine: similarity?.cosineToMean[at],
      };
    });
}
