import type { ProblemCode } from '@florist/core/errors/problems';
import { STRICT } from '@florist/core/schemas/common';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import { readsBody } from '../bodies/readsBody.js';
import { problemResponses } from '../openapi/problemResponses.js';

const NO_QUERY = Type.Object({}, STRICT);

/** How every operation can refuse whose method may bring a body, wanted or not. */
const BODY_PROBLEMS: readonly ProblemCode[] = [
  'request_invalid',
  'request_too_large',
  'media_type_unsupported',
];

/**
 * Adds to every operation what its own description need not say: that it knows no query parameter unless it names
 * it, and every problem it can answer with. Public ones take any query, since probes add to their URLs what they like.
 */
export const operations = fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      const { config, schema, method } = route;
      if (config?.problems === undefined || schema === undefined) return;
      const body = [method].flat().some(readsBody) ? BODY_PROBLEMS : [];
      const problems = [...new Set([...config.problems, ...body])];
      const responses = { ...(schema.response ?? {}), ...problemResponses(problems) };
      const query = config.access !== 'public' && { querystring: schema.querystring ?? NO_QUERY };
      route.config = { ...config, problems };
      route.schema = { ...schema, ...query, response: responses };
    });
  },
  { name: 'operations' },
);
