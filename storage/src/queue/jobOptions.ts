import type { JobsOptions } from 'bullmq';

/** Faults are retried: a worker that lost its machine, a disk that was full for a while. */
const ATTEMPTS = 5;
/** Doubles each time: 1, 2, 4, 8 seconds. */
const BACKOFF_MS = 1_000;

/**
 * Jobs are removed once their adapter is published; these limits only catch what a crash left behind. Losing
 * a finished child early is harmless: its parent remembers it, and its part is a blob.
 */
const KEPT_SECONDS = 24 * 60 * 60;
const KEPT_JOBS = 10_000;

const COMMON = {
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: BACKOFF_MS },
  removeOnComplete: { age: KEPT_SECONDS, count: KEPT_JOBS },
  removeOnFail: { age: KEPT_SECONDS, count: KEPT_JOBS },
} as const satisfies JobsOptions;

export function rootJobOptions(jobId: string): JobsOptions & { jobId: string } {
  return { ...COMMON, jobId };
}

/** One part that cannot be made is reason enough to give the adapter up. */
export function partJobOptions(jobId: string): JobsOptions & { jobId: string } {
  return { ...COMMON, jobId, failParentOnFailure: true };
}

/** Rounds wait for their adapters; whoever is behind by some rounds waits for the rounds. Jobs without one go first. */
const SUM_PART_PRIORITY = 10;

/** The ledger says what became of a sum, so its job need not. */
export function sumJobOptions(jobId: string): JobsOptions & { jobId: string } {
  return { ...rootJobOptions(jobId), removeOnComplete: true };
}

export function sumPartJobOptions(jobId: string): JobsOptions & { jobId: string } {
  return { ...partJobOptions(jobId), priority: SUM_PART_PRIORITY, removeOnComplete: true };
}
