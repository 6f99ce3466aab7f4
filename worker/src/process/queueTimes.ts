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

/** Between two runs of every federation's retention; whoever needs room sooner can ask for a run. */
export const RETENTION_MS = 3_600_000;

/** Between two comparisons of the ledger with the blobs: a few system calls for each file. */
export const RECONCILE_MS = 3_600_000;

/** Between two that read every file: disks lose bits over years, and reading all of them takes hours. */
export const SCRUB_MS = 7 * 24 * 3_600_000;

/** After Redis could not be reached, before the next try to fetch a job. */
export const RUN_RETRY_MS = 1_000;

/** What a worker waits for its jobs to end when it is asked to stop; then it gives them back to their queues. */
export const SHUTDOWN_MS = 10_000;

/** What giving them back may take: a Redis that is away gets nothing back, and the jobs' locks run out instead. */
export const GIVE_BACK_MS = 2_000;

/** After a job met an outage, such as a full disk, before its next try. */
export const OUTAGE_RETRY_MS = 2_000;

/** Between two signs of life. */
export const HEARTBEAT_MS = 5_000;
