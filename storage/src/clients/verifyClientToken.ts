import type { Ledger } from '../ledger/openLedger.js';
import { timeMs } from '../ledger/timeMs.js';
import { matchesSecret } from '../tokens/matchesSecret.js';
import { clientRecordFrom } from './clientFrom.js';
import { hashToken, tokenOwner } from './clientToken.js';

/** Whose token this is; undefined for one that is malformed, replaced, expired, or of a client that was removed. */
export async function verifyClientToken(
  ledger: Ledger,
  token: string,
): Promise<{ federation: string; client: string } | undefined> {
  const owner = tokenOwner(token);
  if (owner === undefined) return undefined;
  const key = `${ledger.prefix}:{${owner.federation}}:client-records`;
  const [json, nowMs] = await Promise.all([ledger.redis.hget(key, owner.client), timeMs(ledger)]);
  if (json === null) return undefined;
  return matchesSecret(hashToken(token), clientRecordFrom(json), nowMs) ? owner : undefined;
}
