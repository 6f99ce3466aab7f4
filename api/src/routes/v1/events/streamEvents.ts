import { setTimeout as sleep } from 'node:timers/promises';
import { outageOf } from '@florist/core/errors/outageOf';
import { followEvents } from '@florist/storage/events/followEvents';
import { truncatedBefore } from '@florist/storage/events/truncatedBefore';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStream, HEARTBEAT_MS } from '../../../events/eventStream.js';
import { formatEvent } from '../../../events/formatEvent.js';
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
  { federation, afterId, stopping, mayStay }: Following,
): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, stopping]);
  const stream = new EventStream(reply.raw, signal);
  const truncated = await truncatedBefore(ledger, federation, afterId);
  reply.hijack();
  const heartbeat = setInterval(() => stream.beat(), HEARTBEAT_MS);
  const checking = setInterval(() => {
    mayStay().then(
      (may) => may || gone.abort(),
      (error: unknown) => request.log.warn({ err: error }, 'token of an event stream not checked'),
    );
  }, STAY_CHECK_MS);
  try {
    await stream.open(reply.getHeaders(), afterId);
    if (truncated) {
      await stream.write(truncationNotice(ledger.now()));
    }
    await pass({ ledger, hub }, { federation, afterId, signal }, stream);
  } catch (error) {
    if (!signal.aborted) {
      request.log.error({ err: error }, 'event stream broke off');
    }
  } finally {
    clearInterval(heartbeat);
    clearInterval(checking);
    stream.end();
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

function truncationNotice(now: Date): string {
  const data = { type: TRUNCATED_EVENT, at: now.toISOString(), detail: 'Older events are no longer kept.' };
  return `event: ${TRUNCATED_EVENT}\ndata: ${JSON.stringify(data)}\n\n`;
}
