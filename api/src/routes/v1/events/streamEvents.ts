import { setTimeout as sleep } from 'node:timers/promises';
import { outageOf } from '@florist/core/errors/outageOf';
import { followEvents } from '@florist/storage/events/followEvents';
import { resumeAfter } from '@florist/storage/events/resumeAfter';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { EventStream, HEARTBEAT_MS } from '../../../events/eventStream.js';
import { formatEvent } from '../../../events/formatEvent.js';
import { whenGone } from '../../../events/whenGone.js';
import type { Services } from '../../../services.js';

/** How long to wait before the ledger is asked again after an outage, in milliseconds. */
const OUTAGE_WAIT_MS = 1_000;

/** How often it is asked whether the reader may stay, in milliseconds: so long does a withdrawn token still read. */
export const STAY_CHECK_MS = 5_000;

/** Sent in place of events that are no longer kept; it has no id, since it is no part of the history. */
export const TRUNCATED_EVENT = 'history.truncated';

/** What to follow, from where, and how long. */
export interface Following {
  federation: string;
  afterId: string;
  /** Aborts when the service stops. */
  stopping: AbortSignal;
  /** Whether the reader's token still permits the stream; asked every STAY_CHECK_MS. */
  mayStay(): Promise<boolean>;
}

/**
 * Keeps a response open and writes a federation's events to it as they happen, without gap or double, until the
 * reader goes, loses the right to read, or the service stops.
 */
export async function streamEvents(
  { ledger, hub }: Pick<Services, 'ledger' | 'hub'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { federation, afterId: readUpTo, stopping, mayStay }: Following,
): Promise<void> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([whenGone(reply.raw), leaving.signal, stopping]);
  const stream = new EventStream(reply.raw, signal);
  const { afterId, gap } = await resumeAfter(ledger, federation, readUpTo);
  reply.hijack();
  const heartbeat = setInterval(() => stream.beat(), HEARTBEAT_MS);
  const checked = turnedAway(mayStay, signal, request.log).then(() => leaving.abort());
  try {
    await stream.open(reply.getHeaders(), afterId);
    if (gap !== undefined) {
      await stream.write(truncationNotice(ledger.now(), gap));
    }
    await pass({ ledger, hub }, { federation, afterId, signal }, stream);
  } catch (error) {
    if (!signal.aborted) {
      request.log.error({ err: error }, 'event stream broke off');
    }
  } finally {
    clearInterval(heartbeat);
    leaving.abort();
    stream.end();
    await checked;
  }
}

/** Resolves when the reader may stay no longer, or the signal aborts; one question at a time. */
async function turnedAway(
  mayStay: () => Promise<boolean>,
  signal: AbortSignal,
  log: FastifyBaseLogger,
): Promise<void> {
  for (let may = true; may && !signal.aborted; ) {
    await sleep(STAY_CHECK_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    may = await mayStay().catch((error: unknown) => {
      log.warn({ err: error }, 'token of an event stream not checked');
      return true;
    });
  }
}

/** Passes events on until the signal aborts; when the ledger is out of reach it goes on once that is back. */
async function pass(
  { ledger, hub }: Pick<Services, 'ledger' | 'hub'>,
  { federation, afterId, signal }: { federation: string; afterId: string; signal: AbortSignal },
  stream: EventStream,
): Promise<void> {
  let lastId = afterId;
  for (let interrupted = true; interrupted; ) {
    interrupted = false;
    try {
      for await (const batch of followEvents(ledger, hub, federation, lastId, signal)) {
        await stream.write(batch.map(formatEvent).join(''));
        lastId = batch.at(-1)?.id ?? lastId;
      }
    } catch (error) {
      if (signal.aborted || outageOf(error) === undefined) {
        throw error;
      }
      await sleep(OUTAGE_WAIT_MS, undefined, { signal });
      interrupted = true;
    }
  }
}

function truncationNotice(now: Date, detail: string): string {
  const data = { type: TRUNCATED_EVENT, at: now.toISOString(), detail };
  return `event: ${TRUNCATED_EVENT}\ndata: ${JSON.stringify(data)}\n\n`;
}
