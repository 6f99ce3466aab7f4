import type { Redis } from 'ioredis';

/** Where the state of every federation lives, and the clock that its times are read from. */
export interface Ledger {
  readonly redis: Redis;
  /** Begins every key. */
  readonly prefix: string;
  now(): Date;
}

export interface LedgerOptions {
  /** `florist` by default; keeps several ledgers on one Redis apart. */
  prefix?: string;
  /** The system's clock by default. */
  now?: () => Date;
}

/** The ledger on a connection that the caller keeps and closes. */
export function openLedger(redis: Redis, options: LedgerOptions = {}): Ledger {
  return { redis, prefix: options.prefix ?? 'florist', now: options.now ?? (() => new Date()) };
}
