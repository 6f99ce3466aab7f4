import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service begins to stop; whatever would go on for ever ends then. */
    stopping: AbortSignal;
  }
}

/** While the service stops, requests under way finish, streams end, and new requests are sent elsewhere. */
export const shutdown = fp(
  async (app: FastifyInstance) => {
    const stop = new AbortController();
    app.decorate('stopping', stop.signal);
    app.addHook('preClose', async () => stop.abort());
    // a connection that is kept alive after its last response would hold up the end
    app.addHook('onSend', async (_request, reply) => {
      if (stop.signal.aborted) {
        reply.header('connection', 'close');
      }
    });
    app.addHook('onRequest', async () => {
      if (stop.signal.aborted) {
        throw new Refusal('service_unavailable', 'This instance of the service is stopping.');
      }
    });
  },
  { name: 'shutdown', dependencies: ['problems'] },
);
