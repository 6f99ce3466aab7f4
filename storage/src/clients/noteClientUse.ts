import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

const NOTE = script(`
if redis.call('HEXISTS', base .. 'client-records', args.client) == 1 then
  redis.call('HSET', base .. 'client-uses', args.client, string.format('%.0f', args.nowMs))
end
return { 'ok' }
`);

/** Notes that a client's token was used now; nothing happens where the client was removed meanwhile. */
export async function noteClientUse(ledger: Ledger, federation: string, client: string): Promise<void> {
  await runScript(ledger, NOTE, federation, { client });
}
