import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { type Patience, watchPace } from '../uploads/pace.js';

/** How long the rest of a refused body is read and thrown away before the connection is cut, in milliseconds. */
export const LINGER_MS = 30_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler calls `inviteBody` itself, after the checks that need no body. */
    invitesBody?: boolean;
  }
  interface FastifyInstance {
    /** Lets a client that asked with `Expect: 100-continue` send its body, which from here on must keep a pace. */
    inviteBody(request: FastifyRequest, reply: FastifyReply): void;
  }
}

/**
 * Makes an early refusal arrive. A client that asks with `Expect: 100-continue` gets its answer before it sends
 * the body. One that is already sending has the rest of its body read and dropped for a while: closing at once
 * would reset the connection, and the reset can overtake the answer.
 */
export const unreadBodies = fp<{ patience: Patience }>(
  async (app: FastifyInstance, { patience }) => {
    const asking = new WeakSet<IncomingMessage>();

    app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      asking.add(request);
      app.routing(request, response);
    });

    // RFC 9110, section 10.1.1: what else a client expects may be left aside; Node would answer with a bare 417
    app.server.on('checkExpectation', app.routing);

    app.decorate('inviteBody', (request, reply) => {
      if (asking.delete(request.raw)) {
        reply.raw.writeContinue();
      }
      watchPace(request.raw, patience, () => refuseSlow(request.raw, reply, patience));
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

/** Answers, and then ends the connection, so that whatever still reads the body ends too. */
function refuseSlow(request: IncomingMessage, reply: FastifyReply, { paceMs, paceBytes }: Patience): void {
  if (reply.sent) return;
  reply.raw.once('finish', () => request.destroy());
  const detail = `The body brought less than ${paceBytes} bytes in ${paceMs / 1_000} seconds.`;
  reply.header('connection', 'close').send(new Refusal('request_timeout', detail));
}

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
