import { Redis } from 'ioredis';

/** Waits between attempts to reconnect: quick at first, since a restart of Redis takes a second or two. */
const RECONNECT_STEP_MS = 50;
const RECONNECT_MAX_MS = 2_000;
/** A large append-only file takes minutes to load; commands wait for as long as that. */
const LOADING_RETRY_MS = 1_000;
/** Finds a peer that went away without a word. */
const KEEP_ALIVE_MS = 10_000;

export interface ConnectOptions {
  /** Shown by CLIENT LIST. */
  name?: string;
  /**
   * How often the connection is tried anew before the commands that wait for it fail; null, the default and
   * what BullMQ's workers need, lets them wait for as long as it takes.
   */
  maxRetriesPerRequest?: number | null;
  /** After how many milliseconds a command that has no answer fails; never by default. */
  commandTimeout?: number;
  /** Told of every connection error; without it ioredis writes them to stderr. */
  onError?: (error: Error) => void;
}

/** A connection that comes back by itself whenever Redis does. */
export function connectRedis(url: string, options: ConnectOptions = {}): Redis {
  const redis = new Redis(url, {
    connectionName: options.name,
    maxRetriesPerRequest: options.maxRetriesPerRequest ?? null,
    ...(options.commandTimeout !== undefined && { commandTimeout: options.commandTimeout }),
    retryStrategy: (attempt) => Math.min(attempt * RECONNECT_STEP_MS, RECONNECT_MAX_MS),
    maxLoadingRetryTime: LOADING_RETRY_MS,
    keepAlive: KEEP_ALIVE_MS,
  });
  if (options.onError) redis.on('error', options.onError);
  return redis;
}
