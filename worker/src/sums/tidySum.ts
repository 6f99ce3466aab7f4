import type { Blobs } from '@florist/storage/blobs/blobs';
import { sumFolder, sumPartsFolder } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { readySum } from '@florist/storage/sums/readySum';
import type { SumRef } from '@florist/storage/sums/refs';

/**
 * Removes what a try at a sum that is over leaves behind: its parts if it succeeded, else all it wrote. The try must
 * not be wanted any more.
 */
export async function tidySum(ledger: Ledger, blobs: Blobs, ref: SumRef): Promise<void> {
  const ready = await readySum(ledger, ref);
  await blobs.removeFolder(ready === undefined ? sumFolder(ref) : sumPartsFolder(ref));
}
