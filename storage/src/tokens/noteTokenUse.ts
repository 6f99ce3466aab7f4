import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { TOKEN_KEYS } from './tokenScript.js';

const NOTE = script(`${TOKEN_KEYS}
if redis.call('EXISTS', token_key(args.id)) == 1 then
  redis.call('HSET', token_key(args.id), 'lastUsedMs', string.format('%.0f', args.nowMs))
end
return { 'ok' }
`);

/** Notes that a token was used now; nothing happens where it was revoked meanwhile. */
export async function noteTokenUse(ledger: Ledger, id: string): Promise<void> {
  await runScript(ledger, NOTE, NO_FEDERATION, { id });
}
