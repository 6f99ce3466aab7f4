import { listFederations } from '@florist/storage/federations/listFederations';
import type { Finding } from '@florist/storage/reconcile/finding';
import { findLost } from '@florist/storage/reconcile/findLost';
import { reconcile } from '@florist/storage/reconcile/reconcile';
import { type SweepContext, sweepEach } from './sweepRounds.js';

/**
 * Compares the ledger with the blobs, federation by federation.
 * @param deep reads every file
 */
export async function sweepBlobs(context: SweepContext, deep: boolean): Promise<void> {
  const { ledger, blobs, log } = context;
  const tell = (federation: string | undefined, findings: readonly Finding[]) => {
    for (const finding of findings) log.error({ federation, ...finding }, finding.detail);
  };
  tell(undefined, await findLost(ledger, blobs));
  let cursor: string | undefined;
  do {
    const page = await listFederations(ledger, cursor === undefined ? {} : { cursor });
    for (const { name: federation } of page.items) {
      await sweepEach(context, { federation }, async () => {
        const { findings, ...done } = await reconcile(ledger, blobs, federation, { deep });
        tell(federation, findings);
        if (done.restored + done.removed + done.receipts > 0) log.info({ federation, ...done }, 'reconciled');
      });
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
