import { Refusal } from '@florist/core/errors/refusal';
import type { Blobs } from '../blobs/blobs.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { recordDeletion } from '../records/recordDeletion.js';
import { blobsOf, isMarked, itemFrom } from './item.js';

const MARKED = script(`return { 'ok', redis.call('SMEMBERS', base .. 'removals') }`);

const REMOVED = script(`
redis.call('SREM', base .. 'removals', args.item)
if redis.call('EXISTS', base .. 'removals') == 0 then redis.call('SREM', global .. 'removals', args.federation) end
return { 'ok' }
`);

/** Removes the blobs that the ledger has given up; what fails stays noted for the next call. */
export async function removeMarked(ledger: Ledger, blobs: Blobs, federation: string): Promise<void> {
  const [items] = await runScript(ledger, MARKED, federation);
  for (const item of listFrom(items).map(String)) await removeItem(ledger, blobs, federation, item);
}

/** Removes the folder of an upload that was withdrawn or replaced; what fails stays noted for the sweep. */
export async function removeUpload(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  folder: string,
): Promise<void> {
  await removeItem(ledger, blobs, federation, `upload/${folder}`);
}

async function removeItem(ledger: Ledger, blobs: Blobs, federation: string, text: string): Promise<void> {
  const item = itemFrom(text);
  try {
    if (await isMarked(ledger, federation, item)) {
      for (const key of await blobsOf(ledger, federation, item)) {
        await (key.endsWith('/') ? blobs.removeFolder(key) : blobs.remove(key));
      }
      // after the files, which may have left no room for it
      if (item.kind === 'federation') await recordDeletion(ledger, blobs, federation, item);
    }
  } catch (error) {
    // the federation was deleted meanwhile, and with it all its blobs
    if (!(error instanceof Refusal)) throw error;
  }
  await runScript(ledger, REMOVED, federation, { item: text });
}
