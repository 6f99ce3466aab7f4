import type { JobsOptions } from 'bullmq';

/** After 5, 10, 20 … seconds, up to three hours in all: an endpoint may be down for a deployment or a night's start. */
const ATTEMPTS = 12;
const BACKOFF_MS = 5_000;
/** So that what failed together does not come back together. */
const JITTER = 0.5;
/** A message that is queued again, as after a crash, finds itself done for as long. */
const REMEMBERED_SECONDS = 24 * 60 * 60;
/** However many there are in that time: a kilobyte or two of Redis's memory each. */
const REMEMBERED_JOBS = 10_000;

export const MESSAGE_OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: JITTER },
  removeOnComplete: { age: REMEMBERED_SECONDS, count: REMEMBERED_JOBS },
  removeOnFail: { age: REMEMBERED_SECONDS, count: REMEMBERED_JOBS },
} as const satisfies JobsOptions;
