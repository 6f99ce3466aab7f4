import { BlobMissing } from '@florist/storage/blobs/blobMissing';

/**
 * What `ask` resolves to, which looks into the ledger and then at a blob that it names. Where that blob is missing it
 * may have been deleted between the two: the ledger gives up what is deleted before it is removed, so asked once more
 * it says what became of it.
 * @throws BlobMissing where the ledger still names a blob that is not there, and whatever `ask` throws
 */
export async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
    return ask();
  }
}
