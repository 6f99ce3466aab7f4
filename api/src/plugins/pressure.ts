import underPressure from '@fastify/under-pressure';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { RETRY_AFTER_SECONDS } from './problems.js';

/** A loop this late on average, in milliseconds, answers nobody in time; refusing some lets the others through. */
const EVENT_LOOP_DELAY_MAX_MS = 2_000;

/** Over how long the average is taken, in milliseconds: one pause, as at the start, is no overload. */
const SAMPLE_MS = 5_000;

class Overloaded extends Refusal {
  constructor() {
    super('service_unavailable', 'The service is overloaded; try again shortly.');
  }
}

/** Refuses work while the event loop lags; the probes of the orchestrator still get their answer. */
export const pressure = fp(
  async (app: FastifyInstance) => {
    await app.register(underPressure, {
      maxEventLoopDelay: EVENT_LOOP_DELAY_MAX_MS,
      sampleInterval: SAMPLE_MS,
      retryAfter: RETRY_AFTER_SECONDS,
      customError: Overloaded,
    });
  },
  { name: 'pressure', dependencies: ['problems'] },
);
