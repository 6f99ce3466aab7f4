import type { Blobs } from '../blobs/blobs.js';
import { RECEIPT_FILE } from '../blobs/keys.js';
import type { LedgerRecord } from '../records/ledgerRecord.js';
import { readRecords } from '../records/readRecords.js';
import { type ReceiptFile, readReceiptFile } from '../submissions/uploadFiles.js';
import { roundsOf } from './roundsOf.js';
import { type BlobSurvey, surveyBlobs } from './surveyBlobs.js';

/** What a federation is rebuilt from. */
export interface RebuildPlan {
  federation: string;
  /** The federation's own record first. */
  records: LedgerRecord[];
  /** In the order in which the ledger accepted them. */
  receipts: ReceiptFile[];
  latest: number;
  /** Rounds up to the latest that have no record. */
  lost: number[];
  /** The highest revision of a record or receipt. */
  revision: number;
  /** The highest number of an attempt whose files are there. */
  attempts: number;
  /** The highest number of a try at a sum whose files are there. */
  sumAttempts: number;
  /** What cannot be mended, in sentences. */
  problems: string[];
}

/**
 * Reads everything that the blobs say of a federation, and changes nothing. Undefined where there is none, or it was deleted; a string
 * that says why where it cannot be rebuilt at all.
 */
export async function planRebuild(
  blobs: Blobs,
  federation: string,
): Promise<RebuildPlan | string | undefined> {
  const { records, damaged } = await readRecords(blobs, federation);
  const own = records.find(({ document }) => document === 'federation');
  if (own === undefined && records.length + damaged.length > 0) return 'its own record cannot be read';
  if (own === undefined || own.gone) return undefined;
  const of = ({ incarnation }: { incarnation: string }) => incarnation === own.incarnation;
  const rest = records.filter((record) => record !== own && of(record) && !record.gone);
  const survey = await surveyBlobs(blobs, federation);
  const problems = damaged.map((document) => `the newest record of ${document} is damaged`);
  const receipts = await receiptsOf(blobs, survey, problems);
  const kept = newest(receipts.filter(of));
  const rounds = roundsOf([own, ...rest]);
  const latest = Math.max(rounds.latest, ...kept.map(collected));
  const numbers = Array.from({ length: latest }, (_, index) => index + 1);
  const lost = numbers.filter((number) => !rounds.rounds.has(number));
  for (const number of lost) problems.push(`round ${number} has no record: it is failed, as round_lost`);
  return {
    federation,
    records: [own, ...rest],
    receipts: kept,
    latest,
    lost,
    revision: Math.max(
      ...records.map(({ revision }) => revision),
      ...kept.map(({ record }) => record.revision),
    ),
    attempts: Math.max(0, ...survey.attempts.map(({ attempt }) => attempt)),
    sumAttempts: Math.max(0, ...survey.sums.map(({ attempt }) => attempt)),
    problems,
  };
}

/** The last round that must have been opened for this to be accepted: what is late waits for one that was not. */
function collected({ record: { receipt } }: ReceiptFile): number {
  return receipt.carried === undefined ? receipt.round : receipt.round - 1;
}

async function receiptsOf(blobs: Blobs, { uploads }: BlobSurvey, problems: string[]): Promise<ReceiptFile[]> {
  const found: ReceiptFile[] = [];
  for (const { folder, files, round, client } of uploads) {
    if (!files.has(RECEIPT_FILE)) continue;
    const receipt = await readReceiptFile(blobs, folder);
    if (receipt !== undefined) found.push(receipt);
    else problems.push(`the receipt of ${client} for round ${round} is damaged: ${folder}`);
  }
  return found;
}

/** Of each client's in each round the newest: what was replaced may not have been removed yet. */
function newest(receipts: readonly ReceiptFile[]): ReceiptFile[] {
  const byPlace = new Map<string, ReceiptFile>();
  for (const file of receipts) {
    const place = `${file.record.receipt.round}/${file.record.receipt.client}`;
    const known = byPlace.get(place);
    if (known === undefined || known.record.revision < file.record.revision) byPlace.set(place, file);
  }
  return [...byPlace.values()].sort((a, b) => a.record.revision - b.record.revision);
}
