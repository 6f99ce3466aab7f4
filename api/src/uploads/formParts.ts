import type { Multipart } from '@fastify/multipart';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyRequest } from 'fastify';

/** The scanner bounds the adapter by what its own header declares, so the parser need not. */
const LIMITS = { fileSize: Number.MAX_SAFE_INTEGER };

/**
 * The parts of a form as they arrive. A connection that broke before the parser began to listen would tell it
 * nothing any more, and it would wait for ever.
 * @throws Refusal request_invalid when the connection is gone already
 */
export async function* formParts(request: FastifyRequest): AsyncGenerator<Multipart> {
  if (request.raw.destroyed) {
    throw new Refusal('request_invalid', 'The connection broke before the form arrived.');
  }
  yield* request.parts({ limits: LIMITS });
}
