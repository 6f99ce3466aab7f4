import 'server-only';
import { createParser } from 'eventsource-parser';
import type { FederationEvent } from '#lib/api/types.ts';
import type { PastEvent } from '#lib/history/historyPage.ts';
import type { Session } from '../session/session.ts';
import { openEvents } from './openEvents.ts';

/** A history that does not arrive within this is shown as far as it came, in milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Events after one and up to another, oldest first.
 * @throws ApiProblem
 */
export async function readEventsUntil(
  session: Session,
  federation: string,
  after: string,
  last: string,
  signal: AbortSignal,
): Promise<{ events: PastEvent[]; truncated: boolean }> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), PATIENCE_MS);
  const events: PastEvent[] = [];
  let truncated = false;
  let reached = last === '0' || last === after;
  const parser = createParser({
    onEvent: ({ id, data }) => {
      if (id === undefined) {
        truncated = true;
        return;
      }
      const event: FederationEvent = JSON.parse(data);
      events.push({ id, event });
      reached ||= isAtOrAfter(id, last);
    },
  });
  try {
    const reader = await openEvents(session, federation, after, AbortSignal.any([signal, enough.signal]));
    const decoder = new TextDecoder();
    while (!reached) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    if (!enough.signal.aborted) {
      throw error;
    }
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
  return { events, truncated };
}

/** Ids are a time in milliseconds and a count within it. */
function isAtOrAfter(id: string, last: string): boolean {
  const [time = 0, count = 0] = id.split('-').map(Number);
  const [lastTime = 0, lastCount = 0] = last.split('-').map(Number);
  return time > lastTime || (time === lastTime && count >= lastCount);
}
