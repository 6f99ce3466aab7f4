import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** How long a connection that has sent nothing yet may still begin a request, in milliseconds. */
const SILENT_CONNECTION_MS = 500;

/** How often to look whether callers have long gone, in milliseconds. */
const POLL_MS = 20;

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service begins to stop; whatever would go on for ever ends then. */
    stopping: AbortSignal;
  }
}

export interface ShutdownOptions {
  /**
   * For how long connections are still served once the service begins to stop, in milliseconds, unless there has been
   * none for as long.
   */
  drainMs: number;
}

/**
 * While the service stops, no request fails: for a while everything that comes is answered, and each answer sends its
 * client elsewhere. Closing at once would reset connections that are kept alive just as their clients use them, and
 * those that reach the socket as it closes. That nobody is connected at this moment does not tell that nobody will be:
 * only who has long had no caller stops sooner. Then requests under way finish; streams end at the beginning.
 */
export const shutdown = fp(
  async (app: FastifyInstance, { drainMs }: ShutdownOptions) => {
    const stop = new AbortController();
    const connections = trackConnections(app.server);
    app.decorate('stopping', stop.signal);
    app.addHook('preClose', async () => {
      stop.abort();
      const end = performance.now() + drainMs;
      while (connections.quietMs() < drainMs && performance.now() < end) {
        await sleep(POLL_MS);
      }
      setTimeout(connections.cutSilent, SILENT_CONNECTION_MS).unref();
    });
    app.addHook('onSend', async (_request, reply) => {
      if (stop.signal.aborted) {
        reply.header('connection', 'close');
      }
    });
  },
  { name: 'shutdown', dependencies: ['problems'] },
);

/**
 * Browsers and HTTP pools open connections ahead of use. To Node these are not idle, so closing the server would
 * wait for them: `cutSilent` closes them. Over TLS a request comes on another socket than the connection that
 * carries it, so both are known by where they come from. `quietMs` says for how long nobody has been connected.
 */
function trackConnections(server: Server): { quietMs(): number; cutSilent(): void } {
  let open = 0;
  let lastGone = Number.NEGATIVE_INFINITY;
  const silent = new Map<string, Socket>();
  const speaks = ({ socket }: IncomingMessage) => silent.delete(peerOf(socket));
  server.on('connection', (socket) => {
    const peer = peerOf(socket);
    open += 1;
    silent.set(peer, socket);
    socket.once('close', () => {
      open -= 1;
      lastGone = performance.now();
      if (silent.get(peer) === socket) silent.delete(peer);
    });
  });
  server.prependListener('request', speaks);
  server.prependListener('checkContinue', speaks);
  server.prependListener('checkExpectation', speaks);
  return {
    quietMs: () => (open > 0 ? 0 : performance.now() - lastGone),
    cutSilent: () => {
      for (const socket of silent.values()) {
        socket.destroy();
      }
    },
  };
}

function peerOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return [localAddress, localPort, remoteAddress, remotePort].join(' ');
}
