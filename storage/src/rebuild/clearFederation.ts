import type { Ledger } from '../ledger/openLedger.js';

/** Keys removed in one call, so that Redis serves others in between. */
const BATCH = 500;

/**
 * Removes what a rebuild left that broke off. Only for a federation that the ledger does not have: in the lists over
 * all federations there is nothing of it.
 * @throws Error when it has it
 */
export async function clearFederation({ redis, prefix }: Ledger, federation: string): Promise<void> {
  if ((await redis.zscore(`${prefix}:federations`, federation)) !== null) {
    throw new Error(`The ledger has ${federation}.`);
  }
  const keys: string[] = [];
  for await (const batch of redis.scanStream({ match: `${prefix}:{${federation}}:*`, count: BATCH })) {
    keys.push(...batch);
  }
  for (let index = 0; index < keys.length; index += BATCH) {
    await redis.unlink(...keys.slice(index, index + BATCH));
  }
}
