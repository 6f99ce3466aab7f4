import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { TOKEN_EXISTS } from './tokenScript.js';

const REVOKE = script(`${TOKEN_EXISTS}
redis.call('UNLINK', token_key(args.id))
redis.call('ZREM', global .. 'tokens', args.id)
return { 'ok' }
`);

/** Voids a token and the secret before it, at once. @throws Refusal token_not_found */
export async function revokeToken(ledger: Ledger, id: string): Promise<void> {
  await runScript(ledger, REVOKE, NO_FEDERATION, { id });
}
