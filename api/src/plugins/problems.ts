import { ProblemError } from '@florist/core/errors/problemError';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { PROBLEM_TYPE, toProblem } from '../problems/toProblem.js';

/** After how long to ask again, in seconds: what a restart of Redis or a short overload takes. */
export const RETRY_AFTER_SECONDS = 5;

/** Statuses that say nothing against the request itself: too many of them, an outage, a disk without room. */
const WORTH_ANOTHER_TRY = new Set([429, 503, 507]);

/** Characters of a path that a refusal repeats. */
const PATH_SHOWN_MAX = 200;

const BODY_OVERDUE = new Refusal('request_timeout', 'The body of the request did not arrive in time.');

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the problem that the request was answered with, if it was. */
    problemCode: string | null;
  }
}

/** The one place where errors become responses, and where unknown paths and methods end. */
export const problems = fp(
  async (app: FastifyInstance) => {
    const methodsOf = rememberPaths(app);
    app.decorateRequest('problemCode', null);

    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
    });

    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));

    const refuse = (request: FastifyRequest, reply: FastifyReply) => {
      const allowed = methodsOf(request.url);
      // below a path that ends in a wildcard there may be nothing of that name
      if (allowed.length === 0 || allowed.includes(request.method)) {
        throw new Refusal(
          'route_not_found',
          `There is nothing at ${request.method} ${shownPath(request.url)}.`,
        );
      }
      reply.header('allow', allowed.join(', '));
      throw new Refusal('method_not_allowed', `${shownPath(request.url)} supports ${allowed.join(', ')}.`);
    };
    // before the body is looked at: where nothing takes it, it may be of any kind
    app.addHook('preParsing', async (request, reply) => {
      if (request.is404) {
        refuse(request, reply);
      }
    });
    app.setNotFoundHandler(refuse);
  },
  { name: 'problems' },
);

/** Answers with `error`, whatever was prepared before; a fault is logged whole and shown by its kind alone. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(isOverdue(error, request) ? BODY_OVERDUE : error, request.id);
  request.problemCode = problem.code;
  if (problem.status >= 500) {
    request.log.error({ err: error, code: problem.code }, 'request failed');
  } else {
    request.log.info({ code: problem.code, detail: problem.detail }, 'request refused');
  }
  if (problem.status === 401) {
    reply.header(
      'www-authenticate',
      problem.code === 'token_missing' ? 'Bearer' : 'Bearer error="invalid_token"',
    );
  }
  if (WORTH_ANOTHER_TRY.has(problem.status) && !reply.hasHeader('retry-after')) {
    const known = error instanceof ProblemError ? error.retryAfterSeconds : undefined;
    reply.header('retry-after', known ?? RETRY_AFTER_SECONDS);
  }
  reply.removeHeader('content-length').removeHeader('content-disposition').removeHeader('etag');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problem);
}

/** Whether a route ran out of time because the body that it waits for has not come: nothing of it is left to be read. */
function isOverdue(error: unknown, { raw }: FastifyRequest): boolean {
  const ranOut = error instanceof Error && 'code' in error && error.code === 'FST_ERR_HANDLER_TIMEOUT';
  return ranOut && !raw.complete && raw.readableLength === 0;
}

/** Learns every path as it is declared; the answer says which methods a path has. */
function rememberPaths(app: FastifyInstance): (url: string) => string[] {
  const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) {
      known.methods.add(name);
    }
    paths.set(url, known);
  });
  return (url) => {
    const path = pathOf(url);
    const found = [...paths.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}

function patternOf(url: string): RegExp {
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/:[^/]+/g, '[^/]+').replace(/\*/g, '.*')}$`);
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

/** Enough to tell which path was meant: one may be as long as all headers together. */
function shownPath(url: string): string {
  const path = pathOf(url);
  return path.length > PATH_SHOWN_MAX ? `${path.slice(0, PATH_SHOWN_MAX)}…` : path;
}
