import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

const LIST = script(`return { 'ok', redis.call('SMEMBERS', global .. 'removals') }`);

/** Federations that have blobs which the ledger has given up and nobody has removed yet. */
export async function listMarked(ledger: Ledger): Promise<string[]> {
  const [names] = await runScript(ledger, LIST, NO_FEDERATION);
  return listFrom(names).map(String);
}
