import { ApiProblem } from '../api/ApiProblem.ts';
import type { FederationEvent } from '../api/types.ts';
import { readStream } from './readStream.ts';

export type LiveState = 'connecting' | 'live' | 'lost' | 'refused';

/** An event and its place in the stream. */
export interface LiveEvent {
  id: string;
  event: FederationEvent;
}

/** Stands in for events that are no longer kept. */
const TRUNCATED = 'history.truncated';

const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 10_000;

/** A page out of sight gives its connection back after this long; browsers grant six to a host. */
const HIDDEN_MS = 30_000;

interface LiveStoreHandlers {
  onCatchUp: () => void;
  onSignedOut: (problem: ApiProblem) => void;
  onGone: () => void;
}

export interface LiveStore {
  state: () => LiveState;
  subscribe: (listener: () => void) => () => void;
  onEvents: (listener: (events: LiveEvent[]) => void) => () => void;
  start: () => () => void;
}

/**
 * Follows one stream for as long as the page shows it: resumes where it stopped, backs off while nobody answers,
 * and rests while the page is hidden. `onCatchUp` runs whenever events may have passed unseen, `onSignedOut` when
 * the session is no longer known, `onGone` when there is nothing to follow any more.
 */
export function liveStore(
  path: string,
  from: string | undefined,
  { onCatchUp, onSignedOut, onGone }: LiveStoreHandlers,
): LiveStore {
  let state: LiveState = 'connecting';
  let lastId = from;
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(events: LiveEvent[]) => void>();

  const become = (next: LiveState) => {
    if (state !== next) {
      state = next;
      for (const listener of listeners) {
        listener();
      }
    }
  };

  let batch: LiveEvent[] = [];
  const deliver = () => {
    const events = batch;
    batch = [];
    for (const listener of eventListeners) {
      listener(events);
    }
  };
  const take = (id: string | undefined, data: string) => {
    const event = parseEvent(data);
    if (id !== undefined && id !== '') {
      lastId = id;
    }
    if (event === undefined || event.type === TRUNCATED) {
      onCatchUp();
      return;
    }
    batch.push({ id: id ?? '', event });
    if (batch.length === 1) {
      setTimeout(deliver, 0); // a backlog arrives in one burst and is drawn once
    }
  };

  const follow = async (signal: AbortSignal) => {
    let wait = RETRY_MS_MIN;
    while (!signal.aborted) {
      try {
        await readStream(path, lastId, signal, {
          onOpen: () => {
            wait = RETRY_MS_MIN;
            if (lastId === undefined || state === 'lost') {
              onCatchUp();
            }
            become('live');
          },
          onMessage: ({ id, data }) => take(id, data),
        });
      } catch (error) {
        if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
          become('refused');
          if (error.status === 401) {
            onSignedOut(error);
          }
          if (error.status === 404) {
            onGone();
          }
          return;
        }
      }
      if (!signal.aborted) {
        become('lost');
        await sleep(wait, signal);
        wait = Math.min(RETRY_MS_MAX, wait * 2);
      }
    }
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvents: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    start: () => {
      let connection = new AbortController();
      void follow(connection.signal);
      let rest: ReturnType<typeof setTimeout> | undefined;
      const onVisibility = () => {
        clearTimeout(rest);
        if (document.visibilityState === 'hidden') {
          rest = setTimeout(() => connection.abort(), HIDDEN_MS);
        } else if (connection.signal.aborted) {
          connection = new AbortController();
          become('connecting');
          void follow(connection.signal);
        }
      };
      document.addEventListener('visibilitychange', onVisibility);
      return () => {
        document.removeEventListener('visibilitychange', onVisibility);
        clearTimeout(rest);
        connection.abort();
      };
    },
  };
}

function parseEvent(data: string): FederationEvent | undefined {
  try {
    const event: unknown = JSON.parse(data);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is FederationEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'at' in value &&
    typeof value.at === 'string'
  );
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
