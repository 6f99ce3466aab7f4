import type { Blobs } from '../blobs/blobs.js';
import { OFFER_FILE, RECEIPT_FILE } from '../blobs/keys.js';
import { readWhole } from '../blobs/readWhole.js';
import { seal, unseal } from '../records/seal.js';
import type { SubmissionOffer } from './acceptSubmission.js';
import type { SubmissionRecord } from './submissionRecord.js';

/** An upload that the ledger is about to be asked to accept. */
export interface OfferFile {
  incarnation: string;
  offer: SubmissionOffer;
}

/** An upload that the ledger has accepted: enough to put it back where it counts. */
export interface ReceiptFile {
  incarnation: string;
  record: SubmissionRecord;
  /** Module name → 'MxN', as JSON in the form that its digest is of. */
  layout: string;
  fanInFanOut: boolean;
}

export const offerFile = (file: OfferFile): Buffer => seal('offer', file);

/**
 * Nothing is written where the upload's folder is gone, since what replaced it may have removed it by now.
 * @throws Outage storage_full
 */
export async function writeReceiptFile(blobs: Blobs, file: ReceiptFile): Promise<void> {
  const options = { intoReserve: true, beside: true };
  await blobs.write(file.record.blob + RECEIPT_FILE, seal('receipt', file), options);
}

/** Undefined where there is none, or it is damaged. @param folder of the upload */
export async function readOfferFile(blobs: Blobs, folder: string): Promise<OfferFile | undefined> {
  const file = await readWhole(blobs, folder + OFFER_FILE);
  return file && unseal<OfferFile>('offer', file);
}

/** Undefined where there is none, or it is damaged. @param folder of the upload */
export async function readReceiptFile(blobs: Blobs, folder: string): Promise<ReceiptFile | undefined> {
  const file = await readWhole(blobs, folder + RECEIPT_FILE);
  return file && unseal<ReceiptFile>('receipt', file);
}
