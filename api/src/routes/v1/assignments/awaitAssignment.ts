import { setTimeout as sleep } from 'node:timers/promises';
import type { Assignment } from '@florist/core/schemas/assignment';
import { findAssignment } from '@florist/storage/assignments/findAssignment';
import { Bell } from '@florist/storage/events/bell';
import type { Services } from '../../../services.js';
import { assignmentOf } from './assignmentOf.js';

/** The longest wait on the line, in seconds: proxies commonly give up after 60. */
export const WAIT_SECONDS_MAX = 50;

/**
 * The least time between two looks at the ledger for one waiting client, in milliseconds: a round that aggregates
 * tells of each of its modules, which is nothing to any client.
 */
const LOOK_GAP_MS = 1_000;

/** Whoever waits on the line asks again at once: there it hears sooner than after any pause. */
const NEXT_WAIT_SECONDS = 1;

export interface Asking {
  federation: string;
  client: string;
  have?: number | undefined;
  waitSeconds: number;
  /** Ends the wait: the client has gone, or the service stops. */
  signal: AbortSignal;
}

type Events = Pick<Services, 'ledger' | 'hub'>;

/**
 * What a client should do; where that is to wait, the answer may take until an event of the federation changes it.
 * @throws Refusal federation_not_found, client_not_found, request_invalid
 */
export async function awaitAssignment({ ledger, hub }: Events, asking: Asking): Promise<Assignment> {
  const { federation, client, have, waitSeconds, signal } = asking;
  const look = async () => assignmentOf(federation, await findAssignment(ledger, federation, client, have));
  if (waitSeconds === 0) {
    return look();
  }
  const waitMs = 1_000 * Math.min(waitSeconds, WAIT_SECONDS_MAX);
  const bell = new Bell();
  const leave = await hub.subscribe(federation, () => bell.ring());
  let over = signal.aborted;
  const end = () => {
    over = true;
    bell.ring();
  };
  const timer = setTimeout(end, waitMs);
  signal.addEventListener('abort', end);
  try {
    for (;;) {
      const answer = await look();
      if (answer.action === 'train') {
        return answer;
      }
      if (!over) {
        await sleep(Math.min(LOOK_GAP_MS, waitMs), undefined, { signal }).catch(() => undefined);
        await bell.rung();
      }
      if (over || hub.closed) {
        return { ...answer, retryAfterSeconds: NEXT_WAIT_SECONDS };
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    leave();
  }
}
