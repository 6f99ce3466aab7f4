import type { WorkerStatus } from '@florist/core/schemas/system';
import type { Ledger } from '../ledger/openLedger.js';
import { workersKey } from './workersKey.js';

/** The workers that gave a sign of life lately, the longest running first. */
export async function listWorkers(ledger: Ledger): Promise<WorkerStatus[]> {
  const now = ledger.now().getTime();
  return Object.values(await ledger.redis.hgetall(workersKey(ledger)))
    .map((text): WorkerStatus => JSON.parse(text))
    .filter(({ seenAt, aliveMs }) => now - Date.parse(seenAt) <= aliveMs)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id));
}
