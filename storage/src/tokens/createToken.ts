import type { TokenCreate, TokenWithSecret } from '@florist/core/schemas/token';
import { hashToken } from '../clients/clientToken.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { newServiceToken, newTokenId, tokenPrefix } from './serviceToken.js';
import { tokenFrom } from './tokenFrom.js';
import { TOKEN_KEYS } from './tokenScript.js';

/** Far more than people and programs look after a service; a loop that makes tokens ends here. */
export const TOKENS_MAX = 1_000;

/** A command that is sent again after a lost connection finds its own token, and succeeds. An id that is taken is false. */
const CREATE = script(`${TOKEN_KEYS}
local key = token_key(args.id)
local taken = redis.call('HGET', key, 'tokenHash')
if taken == args.tokenHash then return { 'ok', redis.call('HGETALL', key) } end
if taken then return { 'ok', false } end
if redis.call('ZCARD', global .. 'tokens') >= ${TOKENS_MAX} then
  return refuse('tokens_too_many', 'most', '${TOKENS_MAX}')
end
for _, name in ipairs(args.federations or {}) do
  if redis.call('EXISTS', global .. '{' .. name .. '}:federation') == 0 then
    return refuse('token_federation_not_found', 'missing', name)
  end
end
write(key, {
  name = args.name, role = args.role, federations = args.federationsJson, prefix = args.prefix,
  tokenHash = args.tokenHash, createdAt = args.now, createdBy = args.createdBy,
  lifetimeSeconds = args.expiresInSeconds,
  expiresMs = args.expiresInSeconds and after_seconds(args.expiresInSeconds),
})
redis.call('ZADD', global .. 'tokens', 0, args.id)
return { 'ok', redis.call('HGETALL', key) }
`);

/**
 * Makes a token for an operator or a viewer. It is shown once; the ledger keeps its hash.
 * @param createdBy id of the token that asks for it
 * @throws Refusal federation_not_found, tokens_too_many
 */
export async function createToken(
  ledger: Ledger,
  input: TokenCreate,
  createdBy: string,
): Promise<TokenWithSecret> {
  for (;;) {
    const made = await tryToken(ledger, input, createdBy);
    if (made !== undefined) return made;
  }
}

/** Undefined when chance made an id that another token of the same moment has. */
async function tryToken(
  ledger: Ledger,
  { name, role, federations, expiresInSeconds }: TokenCreate,
  createdBy: string,
): Promise<TokenWithSecret | undefined> {
  const id = newTokenId(ledger.now());
  const token = newServiceToken(id);
  const [flat] = await runScript(ledger, CREATE, NO_FEDERATION, {
    ...{ id, name, role, createdBy, federations, expiresInSeconds },
    federationsJson: federations && JSON.stringify(federations),
    prefix: tokenPrefix(token),
    tokenHash: hashToken(token).toString('hex'),
  });
  return flat === null ? undefined : { ...tokenFrom(id, flat), token };
}
