import type { Receipt } from '@florist/core/schemas/submission';
import type { Reply } from '../ledger/runScript.js';

/** What the ledger keeps of one submission. */
export interface SubmissionRecord {
  /** Grows with every submission that the ledger accepts: of two of one client the higher stands. */
  revision: number;
  receipt: Receipt;
  /** Stands for adapter, config and number of examples together: equal digests mean the same content. */
  contentDigest: string;
  /** Folder key of its blobs, see blobs/keys.ts. */
  blob: string;
  /** Stands for its set of modules and their shapes. */
  layoutDigest: string;
}

export function submissionRecordFrom(json: Reply | undefined): SubmissionRecord {
  return JSON.parse(String(json));
}
