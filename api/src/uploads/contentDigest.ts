import { createHash } from 'node:crypto';

/** What a submission consists of; nothing else makes it another submission. */
export interface SubmissionContent {
  /** SHA-256 of the adapter, in hex. */
  sha256: string;
  /** Canonical JSON of the config. */
  config: string;
  numExamples: number;
}

/** One hash that is equal exactly when adapter, config and number of examples are. */
export function contentDigest({ sha256, config, numExamples }: SubmissionContent): string {
  return createHash('sha256').update(`${sha256}\n${numExamples}\n${config}`).digest('hex');
}
