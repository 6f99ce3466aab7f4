import { Refusal } from '@florist/core/errors/refusal';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { federationFolder } from '@florist/storage/blobs/keys';
import { deleteFederation } from '@florist/storage/federations/deleteFederation';
import type { Ledger } from '@florist/storage/ledger/openLedger';

/**
 * Deletes a federation from the ledger and then its blobs. A federation that is already gone has its blobs
 * removed all the same, so that a second call finishes what a first one could not.
 * @throws Refusal federation_not_found, federation_busy
 */
export async function eraseFederation(ledger: Ledger, blobs: Blobs, federation: string): Promise<void> {
  try {
    await deleteFederation(ledger, federation);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'federation_not_found') {
      await blobs.removeFolder(federationFolder(federation));
    }
    throw error;
  }
  await blobs.removeFolder(federationFolder(federation));
}
