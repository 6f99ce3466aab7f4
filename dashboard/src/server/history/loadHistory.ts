import 'server-only';
import type { PastEvent } from '#lib/history/historyPage.ts';
import type { Session } from '../session/session.ts';
import { readEventsUntil } from './readEventsUntil.ts';
import { readNewestId } from './readNewestId.ts';

export interface History {
  /** Oldest first. */
  events: PastEvent[];
  lastId: string;
  truncated: boolean;
}

/** Federations whose history is kept at hand; a page reads only what is new since the last look. */
const HELD_MAX = 16;

/** Events kept of each, about as many as the api keeps. */
const EVENTS_MAX = 20_000;

const held = new Map<string, History>();

/**
 * All that the api still tells of a federation. Each call opens the stream with the reader's own token, so that
 * the cache never shows what the api would refuse.
 * @throws ApiProblem
 */
export async function loadHistory(
  session: Session,
  federation: string,
  signal: AbortSignal,
): Promise<History> {
  const newest = await readNewestId(session, federation, signal);
  const known = held.get(federation) ?? { events: [], lastId: '0', truncated: false };
  if (known.lastId === newest) {
    return known;
  }
  const { events, truncated } = await readEventsUntil(session, federation, known.lastId, newest, signal);
  const history: History = {
    events: sinceCreation([...known.events, ...events]).slice(-EVENTS_MAX),
    lastId: events.at(-1)?.id ?? known.lastId, // what was read may end before the newest, or after it
    truncated: known.truncated || truncated,
  };
  held.delete(federation);
  held.set(federation, history);
  for (const oldest of held.keys()) {
    if (held.size <= HELD_MAX) {
      break;
    }
    held.delete(oldest);
  }
  return history;
}

/** A federation that was deleted and made again begins anew. */
function sinceCreation(events: PastEvent[]): PastEvent[] {
  const created = events.findLastIndex(({ event }) => event.type === 'federation.created');
  return created > 0 ? events.slice(created) : events;
}
