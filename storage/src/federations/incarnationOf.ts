import type { Ledger } from '../ledger/openLedger.js';

/** Tells federations apart that had the same name one after the other; undefined where there is none now. */
export async function incarnationOf(ledger: Ledger, federation: string): Promise<string | undefined> {
  return (await ledger.redis.hget(`${ledger.prefix}:{${federation}}:federation`, 'nonce')) ?? undefined;
}
