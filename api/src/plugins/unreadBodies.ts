import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** How long the rest of a refused body is read and thrown away before the connection is cut, in milliseconds. */
export const LINGER_MS = 30_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler calls `inviteBody` itself, after the checks that need no body. */
    invitesBody?: boolean;
  }
  interface FastifyInstance {
    /** Lets a client that asked with `Expect: 100-continue` send its body. */
    inviteBody(request: FastifyRequest, reply: FastifyReply): void;
  }
}

/**
 * Makes an early refusal arrive. A client that asks with `Expect: 100-continue` gets its answer before it sends
 * the body. One that is already sending has the rest of its body read and dropped for a while: closing at once
 * would reset the connection, and the reset can overtake the answer.
 */
export const unreadBodies = fp(
  async (app: FastifyInstance) => {
    const asking = new WeakSet<IncomingMessage>();

    app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      asking.add(request);
      app.routing(request, response);
    });

    app.decorate('inviteBody', (request, reply) => {
      if (asking.delete(request.raw)) {
        reply.raw.writeContinue();
      }
    });

    app.addHook('preParsing', async (request, reply) => {
      if (!request.routeOptions.config.invitesBody) {
        app.inviteBody(request, reply);
      }
    });

    app.addHook('onSend', async (request) => {
      if (request.raw.complete === false) {
        discardRest(request.raw);
      }
    });
  },
  { name: 'unread-bodies' },
);

function discardRest(request: IncomingMessage): void {
  const cut = setTimeout(() => {
    if (!request.complete) {
      request.destroy();
    }
  }, LINGER_MS);
  cut.unref();
  request.once('close', () => clearTimeout(cut));
  request.unpipe(); // a parser that has stopped reading would otherwise be fed, and hold, all that still comes
  request.resume();
}
