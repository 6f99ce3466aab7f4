import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { isBefore } from './isBefore.js';
import { eventFrom } from './readEvents.js';

const FIRST = script(`${FEDERATION_EXISTS}
return { 'ok', redis.call('XRANGE', base .. 'events', '-', '+', 'COUNT', 1) }
`);

/**
 * Whether events after the id may have been trimmed away, so that reading on from it leaves a gap. A stream
 * is whole as long as it begins with its federation's creation.
 * @throws Refusal federation_not_found
 */
export async function truncatedBefore(ledger: Ledger, federation: string, afterId: string): Promise<boolean> {
  const [entries] = await runScript(ledger, FIRST, federation);
  const [entry] = listFrom(entries);
  if (entry === undefined) return false;
  const first = eventFrom(entry);
  return first.event.type !== 'federation.created' && isBefore(afterId, first.id);
}
