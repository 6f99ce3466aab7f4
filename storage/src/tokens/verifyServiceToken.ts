import { ServiceRole } from '@florist/core/schemas/token';
import { hashToken } from '../clients/clientToken.js';
import { literal, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { timeMs } from '../ledger/timeMs.js';
import { matchesSecret } from './matchesSecret.js';
import { serviceTokenId } from './serviceToken.js';
import { federationsFrom } from './tokenFrom.js';

/** What a valid token says of who holds it. */
export interface TokenHolder {
  id: string;
  name: string;
  role: ServiceRole;
  /** The only federations it is for; undefined: all. */
  federations?: string[] | undefined;
}

/** Whose token this is; undefined for one that is malformed, replaced, expired or revoked. */
export async function verifyServiceToken(ledger: Ledger, token: string): Promise<TokenHolder | undefined> {
  const id = serviceTokenId(token);
  if (id === undefined) return undefined;
  const [fields, nowMs] = await Promise.all([
    ledger.redis.hgetall(`${ledger.prefix}:token:${id}`),
    timeMs(ledger),
  ]);
  if (fields.tokenHash === undefined) return undefined;
  if (!matchesSecret(hashToken(token), { ...fields, tokenHash: fields.tokenHash }, nowMs)) return undefined;
  return {
    id,
    name: need(fields, 'name'),
    role: literal(ServiceRole, need(fields, 'role')),
    federations: federationsFrom(fields),
  };
}
