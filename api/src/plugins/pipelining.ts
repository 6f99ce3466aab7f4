import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Requests of one connection that may be unanswered at a time: whoever sends ahead at all sends a few. */
export const UNANSWERED_MAX = 16;

/**
 * Bounds what one connection can ask for ahead of the answers. Node begins all requests that it has read at once, some
 * thousand in 64 kB, and holds their answers until those before are read, which may be never.
 */
export const pipelining = fp(
  async (app: FastifyInstance) => {
    const unanswered = new WeakMap<Socket, Set<ServerResponse>>();

    app.addHook('onRequest', async ({ raw: { socket } }, reply) => {
      const response = reply.raw;
      const waiting = unanswered.get(socket) ?? endTogether(socket);
      unanswered.set(socket, waiting.add(response));
      response.once('close', () => waiting.delete(response));
      if (waiting.size > UNANSWERED_MAX) {
        reply.header('connection', 'close');
        const detail = `A connection may wait for ${UNANSWERED_MAX} answers at a time; this one asks for more.`;
        throw new Refusal('too_many_requests', detail);
      }
    });

    // whoever reads a stream into a response that never had its turn does not learn that it is closed already
    app.addHook('onSend', async ({ raw: { socket } }, _reply, payload) => {
      if (socket.destroyed && payload instanceof Readable) payload.destroy();
    });
  },
  { name: 'pipelining', dependencies: ['problems'] },
);

/**
 * Responses that all learn when their connection closes: Node tells only the one that is being sent, and what makes
 * the others would go on for ever, as event streams do.
 */
function endTogether(socket: Socket): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  socket.once('close', () => {
    for (const response of responses) {
      if (response.socket === null) response.destroy().emit('close');
    }
  });
  return responses;
}
