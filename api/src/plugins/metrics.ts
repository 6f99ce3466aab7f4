import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Services } from '../services.js';

/** Upper bounds in seconds: quick look-ups at the lower end, uploads of gigabytes at the upper. */
const DURATION_BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

const JOB_STATES = ['waiting', 'active', 'delayed', 'waiting-children', 'failed'] as const;

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

/** Measures every request by its route, and keeps the counters that routes add to. */
export const metrics = fp<Pick<Services, 'queues' | 'ledger'>>(
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

    watchQueues(services, registry);

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

/** What autoscaling looks at: how much work waits, and whether any of it has failed for good. */
function watchQueues({ queues, ledger }: Pick<Services, 'queues' | 'ledger'>, registry: Registry): void {
  const jobs = new Gauge({
    name: 'florist_jobs',
    help: 'Jobs of the aggregation by queue and state; missing while Redis is out of reach.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      jobs.reset();
      if (ledger.redis.status !== 'ready') {
        return;
      }
      for (const queue of [queues.aggregate, queues.publish, queues.sum]) {
        for (const [state, count] of Object.entries(await queue.getJobCounts(...JOB_STATES))) {
          jobs.set({ queue: queue.name, state }, count);
        }
      }
    },
  });
}
