import type { Ledger } from '../ledger/openLedger.js';
import { isBefore } from './isBefore.js';
import { lastEventId } from './lastEventId.js';
import { truncatedBefore } from './truncatedBefore.js';

/** Where a reader goes on, and why events may be missing before that. */
export interface ResumePoint {
  afterId: string;
  gap?: string;
}

/**
 * Where a reader goes on who has read up to an id. One beyond the last event is of another history, as when a Redis was
 * put back whose clock is behind: the reader goes on from now, rather than hear nothing until that id is reached.
 * @throws Refusal federation_not_found
 */
export async function resumeAfter(ledger: Ledger, federation: string, afterId: string): Promise<ResumePoint> {
  const last = await lastEventId(ledger, federation);
  if (isBefore(last, afterId)) {
    return { afterId: last, gap: 'The event that was read last is not known here.' };
  }
  if (await truncatedBefore(ledger, federation, afterId)) {
    return { afterId, gap: 'Older events are no longer kept.' };
  }
  return { afterId };
}
