import type { Redis } from 'ioredis';

/** Where the state of every federation lives. */
export interface Ledger {
  readonly redis: Redis;
  /** Begins every key. */
  readonly prefix: string;
  /** This process's clock, for what is shown and measured; no transition depends on it. */
  now(): Date;
  /** In place of Redis's own clock, by which scripts decide, so that processes whose clocks differ agree. */
  readonly givenClock?: () => Date;
}

export interface LedgerOptions {
  /** `florist` by default; keeps several ledgers on one Redis apart. */
  prefix?: string;
  /** One clock for scripts too, instead of Redis's, so that a test can move it. */
  now?: () => Date;
}

/** The ledger on a connection that the caller keeps and closes. */
export function openLedger(redis: Redis, options: LedgerOptions = {}): Ledger {
  const { prefix = 'florist', now } = options;
  return now === undefined
    ? { redis, prefix, now: () => new Date() }
    : { redis, prefix, now, givenClock: now };
}
