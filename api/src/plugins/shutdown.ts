import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** How long a connection that has sent nothing yet may still begin a request, in milliseconds. */
const SILENT_CONNECTION_MS = 500;

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
    const cutSilent = trackSilentConnections(app.server);
    app.decorate('stopping', stop.signal);
    app.addHook('preClose', async () => {
      stop.abort();
      setTimeout(cutSilent, SILENT_CONNECTION_MS).unref();
    });
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

/**
 * Browsers and HTTP pools open connections ahead of use. To Node these are not idle, so closing the server would
 * wait for them. Gives back what closes them.
 */
function trackSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>();
  const speaks = ({ socket }: IncomingMessage) => silent.delete(socket);
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.prependListener('request', speaks);
  server.prependListener('checkContinue', speaks);
  return () => {
    for (const socket of silent) {
      socket.destroy();
    }
  };
}
