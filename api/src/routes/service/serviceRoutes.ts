import { Type } from 'typebox';
import { checkReadiness } from '../../health/checkReadiness.js';
import { operation } from '../../openapi/operation.js';
import { json, raw } from '../../openapi/responses.js';
import type { Routes } from '../routes.js';

const Status = Type.Object({ status: Type.Literal('ok') });

/** A probe must get its answer even while the service sheds load. */
const ALWAYS_ANSWERED = { alwaysAnswered: true };

const health = operation({
  access: 'public',
  id: 'getHealth',
  tag: 'Service',
  summary: 'Whether the process is alive',
  description: 'Answers as long as the process can; says nothing of Redis or the disk.',
  request: {},
  success: { 200: json(Status, 'It is alive.') },
});

const readiness = operation({
  access: 'public',
  id: 'getReadiness',
  tag: 'Service',
  summary: 'Whether requests can be served',
  description:
    'Writes to Redis and to the blob store; a failure names the part that does not work, or says that it is stopping.',
  request: {},
  success: { 200: json(Status, 'Everything works.') },
  problems: ['service_unavailable'],
});

const measurements = operation({
  access: 'public',
  id: 'getMetrics',
  tag: 'Service',
  summary: 'Measurements for Prometheus',
  description:
    'Durations by route, bytes received, submissions by outcome; workers, rounds and jobs by state, Redis, the disk and ' +
    'the process. Holds no names and no tokens. What does not answer within a second is left out.',
  request: {},
  success: { 200: raw('text/plain', 'In the text format of Prometheus.') },
});

const openapi = operation({
  access: 'public',
  id: 'getOpenapi',
  tag: 'Service',
  summary: 'The OpenAPI document',
  description: 'This document, as JSON. The pages under `/docs` show the same.',
  request: {},
  success: { 200: json(Type.Object({}, { additionalProperties: true }), 'OpenAPI 3.1.') },
});

export const serviceRoutes: Routes = async (app, services) => {
  app.get('/healthz', { ...health, config: { ...health.config, ...ALWAYS_ANSWERED } }, async () => ({
    status: 'ok' as const,
  }));

  app.get('/readyz', readiness, async () => {
    await checkReadiness(services, app.stopping);
    return { status: 'ok' as const };
  });

  app.get(
    '/metrics',
    { ...measurements, config: { ...measurements.config, ...ALWAYS_ANSWERED } },
    async (_request, reply) => {
      const { registry } = app.metrics;
      return reply.header('content-type', registry.contentType).send(await registry.metrics());
    },
  );

  let document: Buffer | undefined;
  app.get('/openapi.json', openapi, async (_request, reply) => {
    // one for all: whoever does not read what they asked for holds no memory of their own
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(document);
  });
};
