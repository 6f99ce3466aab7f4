import {
  ADAPTER_FILE,
  adapterFolder,
  CONFIG_FILE,
  federationFolder,
  OFFER_FILE,
  sumFolder,
  uploadFolder,
} from '../blobs/keys.js';
import { incarnationOf } from '../federations/incarnationOf.js';
import type { Ledger } from '../ledger/openLedger.js';
import { getRound } from '../rounds/getRound.js';
import { submissionRecords } from '../submissions/submissionRecords.js';

/**
 * What is deleted at once, as the ledger names it: `submissions/<round>`, `adapter/<round>/<id>/<attempt>` and
 * `sum/<key>/<attempt>` by retention, `pieces/<id>` when an upload in pieces ends, `upload/<folder>` when a submission is withdrawn or replaced, and
 * `federation/<incarnation>/<revision>`.
 */
export type RetentionItem =
  | { kind: 'submissions'; round: number }
  | { kind: 'adapter'; round: number; adapter: string; attempt: number }
  | { kind: 'sum'; sum: string; attempt: number }
  | { kind: 'pieces'; upload: string }
  | { kind: 'upload'; folder: string }
  | { kind: 'federation'; incarnation: string; revision: number };

/** @throws Error for a text that is none, which only a fault writes */
export function itemFrom(text: string): RetentionItem {
  const [kind, first = '', second = '', third = ''] = text.split('/');
  switch (kind) {
    case 'submissions':
      return { kind, round: Number(first) };
    case 'adapter':
      return { kind, round: Number(first), adapter: second, attempt: Number(third) };
    case 'sum':
      return { kind, sum: first, attempt: Number(second) };
    case 'upload':
      return { kind, folder: text.slice('upload/'.length) };
    case 'federation':
      return { kind, incarnation: first, revision: Number(second) };
    case 'pieces':
      return { kind, upload: first };
    default:
      throw new Error(`${JSON.stringify(text)} is nothing that retention deletes.`);
  }
}

/** Keys of the blobs that an item stands for; those that end in '/' are folders. Receipts, reports and lineage stay. */
export async function blobsOf(ledger: Ledger, federation: string, item: RetentionItem): Promise<string[]> {
  switch (item.kind) {
    case 'submissions':
      return (await submissionRecords(ledger, federation, item.round)).flatMap(({ blob }) => [
        blob + ADAPTER_FILE,
        blob + CONFIG_FILE,
        blob + OFFER_FILE,
      ]);
    case 'adapter': {
      const folder = adapterFolder({ federation, ...item });
      return [folder + ADAPTER_FILE, folder + CONFIG_FILE];
    }
    case 'sum':
      return [sumFolder({ federation, ...item })];
    case 'upload':
      return [item.folder];
    case 'federation':
      return [federationFolder(federation)];
    case 'pieces':
      return [uploadFolder(federation, item.upload)];
  }
}

/**
 * Whether the ledger still has the item marked. A federation that was made anew under the name has rounds of the
 * same numbers, and its files lie in the same folder, but what carries an attempt or is one upload's is never taken
 * for another.
 */
export async function isMarked(ledger: Ledger, federation: string, item: RetentionItem): Promise<boolean> {
  if (item.kind === 'federation') return (await incarnationOf(ledger, federation)) === undefined;
  if (item.kind !== 'submissions') return true;
  return (await getRound(ledger, federation, item.round)).submissionsDeletedAt !== undefined;
}
