import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Gauge } from 'prom-client';
import type { Services } from '../services.js';
import { FairQueue, type Party } from '../uploads/slots/fairQueue.js';

/** Requests that wait for a slot, each with a connection and some 64 kB in the buffers of the system. */
const WAITING_MAX = 1_024;

/** Of one client; it sends one adapter a round, and its program may have started over a few times. */
const WAITING_OF_CLIENT_MAX = 16;

/** How long a request waits for a slot, in milliseconds: less than clients and proxies wait for an answer. */
const WAIT_MS = 30_000;

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Receives a body when it is the turn of whoever sends it; until then none of it is read.
     * @throws Outage service_unavailable
     */
    inTurn<T>(request: FastifyRequest, party: Party, receive: () => Promise<T>): Promise<T>;
  }
}

/** Bounds how many uploads are received at a time, in fair turns. */
export const uploadSlots = fp<Pick<Services, 'settings'>>(
  async (app: FastifyInstance, { settings }) => {
    const queue = new FairQueue({
      ...{ slots: settings.uploadsMax, waiting: WAITING_MAX },
      ...{ waitingOfClient: WAITING_OF_CLIENT_MAX, waitMs: WAIT_MS },
    });
    for (const state of ['taken', 'waiting'] as const) {
      const gauge: Gauge = new Gauge({
        name: `florist_uploads_${state === 'taken' ? 'receiving' : state}`,
        help: `Uploads that are ${state === 'taken' ? 'being received' : 'waiting to be received'} now.`,
        registers: [app.metrics.registry],
        collect: () => gauge.set(queue[state]),
      });
    }
    app.decorate('inTurn', async (request, party, receive) => {
      const gone = new AbortController();
      const leave = () => gone.abort();
      if (request.raw.destroyed) leave();
      request.raw.once('close', leave);
      return queue.within(party, gone.signal, async () => {
        request.raw.off('close', leave);
        return receive();
      });
    });
  },
  { name: 'upload-slots', dependencies: ['metrics'] },
);
