/**
 * How soon a job of a killed worker is another's: its lock runs out after LOCK_MS, and the next look for stalled
 * jobs, STALLED_CHECK_MS later at most, hands it out. Workers renew the lock twice in that time, and their event
 * loops only ever wait for I/O.
 */
export const LOCK_MS = 5_000;
export const STALLED_CHECK_MS = 2_500;

/** Times a job may lose its worker; restarts are no fault of the job, and faults of its own are counted apart. */
export const STALLS_MAX = 20;

/** Between two looks for rounds past their deadline and adapters without a job. */
export const SWEEP_MS = 2_000;

/** Between two removals of drafts that processes left behind when they ended. */
export const DRAFT_SWEEP_MS = 3_600_000;

/** After Redis could not be reached, before the next try to fetch a job. */
export const RUN_RETRY_MS = 1_000;

/** What a worker waits for its jobs to end when it is asked to stop; then it leaves them to others. */
export const SHUTDOWN_MS = 10_000;

/** Between two signs of life. */
export const HEARTBEAT_MS = 5_000;
