import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { decodeJson } from '../bodies/decodeJson.js';
import { readsBody } from '../bodies/readsBody.js';

/** Cap of a JSON body in bytes: the largest documented one stays under a kilobyte. */
export const JSON_BODY_MAX_BYTES = 64 * 1024;

/** The coding that is none. */
const IDENTITY = 'identity';

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
    const parse = app.getDefaultJsonParser('error', 'error');
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) =>
      parse(request, decodeJson(bytes, request.headers['content-type']), done),
    );

    app.addHook('preParsing', async ({ method, headers }, reply) => {
      const encoding = headers['content-encoding']?.trim().toLowerCase() ?? IDENTITY;
      if (readsBody(method) && encoding !== IDENTITY) {
        reply.header('accept-encoding', IDENTITY);
        throw new Refusal(
          'media_type_unsupported',
          'Bodies are taken as they are, without Content-Encoding.',
        );
      }
    });

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
