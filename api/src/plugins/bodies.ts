import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Cap of a JSON body in bytes: the largest documented one stays under a kilobyte. */
export const JSON_BODY_MAX_BYTES = 64 * 1024;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The request may come without its body, which then counts as an empty object. */
    optionalBody?: boolean;
  }
}

/** JSON is the only body besides uploads, and one that no route asked for is an error rather than ignored. */
export const bodies = fp(
  async (app: FastifyInstance) => {
    app.removeContentTypeParser('text/plain');

    app.addHook('preValidation', async (request) => {
      if (request.routeOptions.config.optionalBody && request.body === undefined) {
        request.body = {};
      }
      const unexpected = request.routeOptions.schema?.body === undefined && hasContent(request.body);
      if (unexpected && request.routeOptions.config.access !== undefined) {
        throw new Refusal('request_invalid', 'This operation takes no body.');
      }
    });
  },
  { name: 'bodies' },
);

function hasContent(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length > 0;
}
