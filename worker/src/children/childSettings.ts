import type { Environment } from '@florist/core/settings/readSettings';
import type { Provider } from '../engine/provider.js';

/** What a worker decides for its child processes; all else they read from the same environment as it does. */
export interface ChildSettings {
  redisUrl: string;
  provider: Provider;
  /** Cores that one product may use. */
  threads: number;
}

const THREADS = 'FLORIST_WORKER_THREADS';

/** The environment of a child process. */
export function childEnvironment(
  env: Environment,
  { redisUrl, provider, threads }: ChildSettings,
): NodeJS.ProcessEnv {
  return { ...env, REDIS_URL: redisUrl, FLORIST_EXECUTION_PROVIDER: provider, [THREADS]: String(threads) };
}

/** @throws Error in a process that no worker started */
export function readChildSettings(env: Environment): ChildSettings {
  const { REDIS_URL: redisUrl, FLORIST_EXECUTION_PROVIDER: provider, [THREADS]: threads } = env;
  if (redisUrl === undefined || (provider !== 'cpu' && provider !== 'cuda') || threads === undefined) {
    throw new Error('this process is started by the worker');
  }
  return { redisUrl, provider, threads: Number(threads) };
}
