import { Refusal } from '@florist/core/errors/refusal';
import type { Ledger } from '../ledger/openLedger.js';
import { Bell } from './bell.js';
import type { EventHub } from './eventHub.js';
import { readEvents, type StreamedEvent } from './readEvents.js';

/** Events fetched at a time: enough to catch up quickly, few enough not to hold up the event loop. */
const BATCH = 500;

/**
 * Batches of a federation's events after an id, in order, without gap or double, as they happen. Ends when
 * the signal aborts, the hub closes, or the federation is deleted.
 * @throws Refusal federation_not_found at the first step, request_invalid for an id that is none
 */
export async function* followEvents(
  ledger: Ledger,
  hub: EventHub,
  federation: string,
  afterId: string,
  signal: AbortSignal,
): AsyncGenerator<StreamedEvent[]> {
  const bell = new Bell();
  const ring = () => bell.ring();
  const leave = await hub.subscribe(federation, ring);
  signal.addEventListener('abort', ring);
  try {
    let last = afterId;
    for (let first = true; !signal.aborted && !hub.closed; first = false) {
      const batch = await readUnlessDeleted(ledger, federation, last, first);
      if (batch === undefined) return;
      const newest = batch.at(-1);
      if (newest !== undefined) {
        last = newest.id;
        yield batch;
      }
      if (batch.length < BATCH) await bell.rung();
    }
  } finally {
    signal.removeEventListener('abort', ring);
    leave();
  }
}

async function readUnlessDeleted(
  ledger: Ledger,
  federation: string,
  afterId: string,
  first: boolean,
): Promise<StreamedEvent[] | undefined> {
  try {
    return await readEvents(ledger, federation, afterId, BATCH);
  } catch (error) {
    if (!first && error instanceof Refusal && error.code === 'federation_not_found') return undefined;
    throw error;
  }
}
