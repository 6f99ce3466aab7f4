/** A year: beyond that nobody waits, they have forgotten. */
export const WAIT_SECONDS_MAX = 31_536_000;

export const SUBMISSIONS_MAX = 100_000;
