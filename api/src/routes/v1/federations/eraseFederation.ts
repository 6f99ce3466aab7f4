import { Refusal } from '@florist/core/errors/refusal';
import { documentFolder, federationFolder } from '@florist/storage/blobs/keys';
import { deleteFederation } from '@florist/storage/federations/deleteFederation';
import { incarnationOf } from '@florist/storage/federations/incarnationOf';
import { removeJobs } from '@florist/storage/queue/removeJobs';
import { newestRecord } from '@florist/storage/records/readRecords';
import { recordDeletion } from '@florist/storage/records/recordDeletion';
import { removeMarked } from '@florist/storage/retention/removeMarked';
import type { Services } from '../../../services.js';

type Stores = Pick<Services, 'ledger' | 'blobs' | 'queues'>;

/**
 * Deletes a federation from the ledger, then its jobs and its blobs, and writes down that it is deleted. One that the
 * ledger does not know has its blobs removed all the same, so that what was left behind, or was lost and is not
 * wanted back, can be done away with.
 * @throws Refusal federation_not_found, federation_busy
 */
export async function eraseFederation(stores: Stores, federation: string): Promise<void> {
  const { ledger, blobs, queues } = stores;
  try {
    const work = await deleteFederation(ledger, federation);
    await removeJobs(queues, work);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'federation_not_found') {
      await eraseUnknown(stores, federation);
    }
    throw error;
  }
  await removeMarked(ledger, blobs, federation);
}

async function eraseUnknown({ ledger, blobs }: Stores, federation: string): Promise<void> {
  await removeMarked(ledger, blobs, federation);
  const record = await newestRecord(blobs, documentFolder(federation, 'federation'));
  // somebody may have made one of the name since the ledger was asked: its files and records are not those meant here
  if ((await incarnationOf(ledger, federation)) !== undefined) return;
  await blobs.removeFolder(federationFolder(federation));
  if (record === undefined || record.gone) return;
  await recordDeletion(ledger, blobs, federation, { ...record, revision: record.revision + 1 });
}
