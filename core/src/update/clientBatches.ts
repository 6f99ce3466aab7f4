import type { ModuleClient, ModuleSource } from '../florist/moduleReport.js';
import { readClients } from '../florist/readClients.js';

/**
 * Clients are taken together until their ranks add up to this. A batch passes over all of ΔW once: measured at
 * 4096 × 4096, batches of 256 take twice the time of these, which hold 33 MB of factors in float64.
 */
const BATCH_RANK = 1024;

/** A module's clients with their factors, a batch at a time; the next one is read while this one is worked on. */
export async function* clientBatches(source: ModuleSource): AsyncGenerator<readonly ModuleClient[]> {
  let next: Promise<readonly ModuleClient[]> | undefined;
  let from = 0;
  while (from < source.shares.length) {
    const to = batchEnd(source, from);
    const current = next ?? readClients(source, from, to);
    next = to < source.shares.length ? readClients(source, to, batchEnd(source, to)) : undefined;
    // reported when its turn comes; until then it must not count as unhandled
    next?.catch(() => {});
    yield await current;
    from = to;
  }
}

function batchEnd({ shares }: ModuleSource, from: number): number {
  let to = from;
  for (let rank = 0; to < shares.length && rank < BATCH_RANK; to++) rank += shares[to].rank;
  return to;
}
