import type { Blobs } from '../blobs/blobs.js';
import { RECEIPT_FILE, uploadFolder } from '../blobs/keys.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { surveyBlobs } from '../rebuild/surveyBlobs.js';
import { unnamedUploads } from './unnamedUploads.js';

/**
 * How old an upload must be that no submission names: between the last byte on the disk and the ledger's word lie
 * seconds, or as long as Redis is out of reach, and the reconciler offers it to the ledger long before.
 */
export const ORPHAN_AGE_MS = 24 * 60 * 60 * 1000;

/** Uploads in pieces that are still wanted. */
const OPEN = script(`return { 'ok', redis.call('SMEMBERS', base .. 'uploads') }`);

/** The folder of an upload, which nothing names. */
export interface OrphanUpload {
  folder: string;
  bytes: number;
}

/**
 * Uploads that never became a submission. One that the ledger has accepted is not among them, whatever became of it:
 * what to do with that is the reconciler's to say.
 * @param ageMs how long ago the last of their files was written at least
 */
export async function orphanUploads(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  ageMs: number,
): Promise<OrphanUpload[]> {
  const { uploads, pieces } = await surveyBlobs(blobs, federation);
  const youngest = Date.now() - ageMs;
  const unnamed = await unnamedUploads(ledger, federation, uploads);
  const whole = unnamed.filter(({ files }) => !files.has(RECEIPT_FILE));
  // asked after the files were listed: what has been begun meanwhile is not among them
  const [open] = await runScript(ledger, OPEN, federation);
  const wanted = new Set(listFrom(open).map((upload) => uploadFolder(federation, String(upload))));
  return [...whole, ...pieces.filter(({ folder }) => !wanted.has(folder))]
    .filter(({ modifiedMs }) => modifiedMs <= youngest)
    .map(({ folder, bytes }) => ({ folder, bytes }));
}
