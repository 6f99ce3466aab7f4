import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { watchSystem } from '../health/watchSystem.js';
import type { Services } from '../services.js';

/** Upper bounds in seconds: quick look-ups at the lower end, uploads of gigabytes at the upper. */
const DURATION_BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

/** What the api counts; names and tokens never become labels. */
export interface Metrics {
  registry: Registry;
  uploadBytes: Counter;
  submissions: Counter<'outcome'>;
  eventStreams: Gauge;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics;
  }
}

/** Measures every request by its route, the process, and the service; keeps the counters that routes add to. */
export const metrics = fp<Pick<Services, 'settings' | 'queues' | 'ledger' | 'blobs'>>(
  async (app: FastifyInstance, services) => {
    const registry = new Registry();
    const registers = [registry];
    const duration = new Histogram({
      name: 'florist_http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its response.',
      labelNames: ['method', 'route', 'status'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    app.decorate('metrics', {
      registry,
      uploadBytes: new Counter({
        name: 'florist_upload_bytes_total',
        help: 'Bytes of adapter files received, accepted or not.',
        registers,
      }),
      submissions: new Counter({
        name: 'florist_submissions_total',
        help: 'Uploads by how they ended: accepted, replaced, same, carried, refused or failed.',
        labelNames: ['outcome'],
        registers,
      }),
      eventStreams: new Gauge({
        name: 'florist_event_streams',
        help: 'Event streams that are open now.',
        registers,
      }),
    });

    watchSystem(services, registry);
    collectDefaultMetrics({ register: registry });

    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      duration.observe(
        { method: request.method, route, status: reply.statusCode },
        reply.elapsedTime / 1_000,
      );
    });
  },
  { name: 'metrics' },
);
