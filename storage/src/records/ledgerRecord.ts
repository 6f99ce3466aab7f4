/**
 * What a record is of: the federation itself with its policies and webhooks, one round with its adapters and
 * evaluations, or one client. Submissions have receipts of their own beside their files.
 */
export type RecordedDocument = 'federation' | `round/${number}` | `client/${string}`;

/** One key of the ledger. */
export interface DumpedKey {
  /** After the federation's own prefix. */
  name: string;
  type: 'hash' | 'set' | 'zset';
  /** Fields and values in turn, members, or members and scores in turn. */
  values: string[];
}

/** What the ledger knew of one document at one moment, kept with the blobs. */
export interface LedgerRecord {
  federation: string;
  document: RecordedDocument;
  /** Tells federations apart that had the same name one after the other. */
  incarnation: string;
  /** Of two records of a document the one with the higher revision is newer, whenever each was written. */
  revision: number;
  /** By the ledger's clock. */
  recordedAt: string;
  /** The document was deleted. */
  gone: boolean;
  keys: DumpedKey[];
}
