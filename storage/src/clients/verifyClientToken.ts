import { timingSafeEqual } from 'node:crypto';
import type { Ledger } from '../ledger/openLedger.js';
import { clientRecordFrom } from './clientFrom.js';
import { hashToken, tokenOwner } from './clientToken.js';

/** Whose token this is; undefined for one that is malformed, replaced, or of a client that was removed. */
export async function verifyClientToken(
  ledger: Ledger,
  token: string,
): Promise<{ federation: string; client: string } | undefined> {
  const owner = tokenOwner(token);
  if (owner === undefined) return undefined;
  const key = `${ledger.prefix}:{${owner.federation}}:client-records`;
  const json = await ledger.redis.hget(key, owner.client);
  if (json === null) return undefined;
  const expected = Buffer.from(clientRecordFrom(json).tokenHash, 'hex');
  return timingSafeEqual(hashToken(token), expected) ? owner : undefined;
}
