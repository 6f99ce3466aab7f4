import { listFederations } from '@florist/storage/federations/listFederations';
import { applyRetention } from '@florist/storage/retention/applyRetention';
import { listMarked } from '@florist/storage/retention/listMarked';
import { removeMarked } from '@florist/storage/retention/removeMarked';
import { type SweepContext, sweepEach } from './sweepRounds.js';

/** Applies every federation's retention policy. */
export async function sweepRetention(context: SweepContext): Promise<void> {
  const { ledger, blobs, log } = context;
  let cursor: string | undefined;
  do {
    const page = await listFederations(ledger, cursor === undefined ? {} : { cursor });
    for (const { name: federation } of page.items) {
      await sweepEach(context, { federation }, async () => {
        const { freed } = await applyRetention(ledger, blobs, federation);
        if (freed.bytes > 0) log.info({ federation, ...freed }, 'retention applied');
      });
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Removes blobs that the ledger has given up, where whoever did so ended before it could. */
export async function sweepMarked(context: SweepContext): Promise<void> {
  const { ledger, blobs } = context;
  for (const federation of await listMarked(ledger)) {
    await sweepEach(context, { federation }, () => removeMarked(ledger, blobs, federation));
  }
}
