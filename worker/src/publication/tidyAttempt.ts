import { Refusal } from '@florist/core/errors/refusal';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { adapterFolder, partsFolder } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';

/**
 * Removes what an attempt that is over leaves behind: its parts if it was published, else all it wrote.
 * The attempt must not be wanted any more.
 */
export async function tidyAttempt(ledger: Ledger, blobs: Blobs, ref: AttemptRef): Promise<void> {
  const folder = adapterFolder(ref);
  const kept = await publishedFolder(ledger, ref);
  await blobs.removeFolder(kept === folder ? partsFolder(ref) : folder);
}

async function publishedFolder(ledger: Ledger, ref: AttemptRef): Promise<string | undefined> {
  try {
    const published = await publishedAdapter(ledger, ref.federation, ref.round, ref.adapter);
    return published.folder;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
