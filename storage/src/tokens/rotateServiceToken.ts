import type { TokenRotate, TokenWithSecret } from '@florist/core/schemas/token';
import { hashToken } from '../clients/clientToken.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { newServiceToken, tokenPrefix } from './serviceToken.js';
import { tokenFrom } from './tokenFrom.js';
import { TOKEN_EXISTS } from './tokenScript.js';

/** Of the secrets before, only the very last may live on, and never longer than it would have. */
const ROTATE = script(`${TOKEN_EXISTS}
local key = token_key(args.id)
if token.tokenHash == args.tokenHash then return { 'ok', redis.call('HGETALL', key) } end
redis.call('HDEL', key, 'previousHash', 'previousMs')
if args.overlapSeconds > 0 then
  local ends = after_seconds(args.overlapSeconds)
  if token.expiresMs and tonumber(token.expiresMs) < tonumber(ends) then ends = token.expiresMs end
  write(key, { previousHash = token.tokenHash, previousMs = ends })
end
write(key, {
  tokenHash = args.tokenHash, prefix = args.prefix, rotatedAt = args.now,
  expiresMs = token.lifetimeSeconds and after_seconds(tonumber(token.lifetimeSeconds)),
})
return { 'ok', redis.call('HGETALL', key) }
`);

/**
 * Gives a token a new secret, whose lifetime begins anew.
 * @throws Refusal token_not_found
 */
export async function rotateServiceToken(
  ledger: Ledger,
  id: string,
  { overlapSeconds = 0 }: TokenRotate = {},
): Promise<TokenWithSecret> {
  const token = newServiceToken(id);
  const [flat] = await runScript(ledger, ROTATE, NO_FEDERATION, {
    ...{ id, overlapSeconds },
    prefix: tokenPrefix(token),
    tokenHash: hashToken(token).toString('hex'),
  });
  return { ...tokenFrom(id, flat), token };
}
