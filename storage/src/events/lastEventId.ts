import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { eventFrom } from './readEvents.js';

const LAST = script(`${FEDERATION_EXISTS}
return { 'ok', redis.call('XREVRANGE', base .. 'events', '+', '-', 'COUNT', 1) }
`);

/** Id of the newest event, from which one follows only what happens later. @throws Refusal federation_not_found */
export async function lastEventId(ledger: Ledger, federation: string): Promise<string> {
  const [entries] = await runScript(ledger, LAST, federation);
  const [entry] = listFrom(entries);
  return entry === undefined ? '0-0' : eventFrom(entry).id;
}
