import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Outage } from '@florist/core/errors/outage';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** A loop this late on average, in milliseconds, answers nobody in time; refusing some lets the others through. */
const LOOP_DELAY_MAX_MS = 2_000;

/** Over how long the average is taken, in milliseconds. */
const SAMPLE_MS = 5_000;

/** Samples in a row that are too late: one long pause, as at the start on a busy machine, is no overload. */
const SAMPLES_LATE = 2;

/** How finely the loop is watched, in milliseconds; it is taken off what is measured. */
const RESOLUTION_MS = 10;

const NANOSECONDS_PER_MS = 1e6;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A probe, which gets its answer even while the service sheds load. */
    alwaysAnswered?: boolean;
  }
  interface FastifyInstance {
    /** Whether new work is refused. */
    overloaded(): boolean;
  }
}

/**
 * Refuses new requests while the event loop lags, before anything of theirs is looked up or read. What is under way
 * goes on.
 */
export const pressure = fp(
  async (app: FastifyInstance) => {
    const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    loop.enable();
    let late = 0;
    const sampling = setInterval(() => {
      // without a single sample there is no mean, and nothing is known
      const delayMs = loop.mean / NANOSECONDS_PER_MS - RESOLUTION_MS;
      late = delayMs > LOOP_DELAY_MAX_MS ? late + 1 : 0;
      loop.reset();
    }, SAMPLE_MS);
    sampling.unref();
    app.addHook('onClose', async () => {
      clearInterval(sampling);
      loop.disable();
    });
    app.decorate('overloaded', () => late >= SAMPLES_LATE);
    app.addHook('onRequest', async ({ routeOptions }) => {
      if (app.overloaded() && !routeOptions.config.alwaysAnswered) {
        throw new Outage('service_unavailable', 'The service is overloaded; try again shortly.');
      }
    });
  },
  { name: 'pressure', dependencies: ['problems'] },
);
