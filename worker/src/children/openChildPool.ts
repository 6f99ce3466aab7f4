import { type ChildProcess, fork } from 'node:child_process';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { PartOutcome } from '../aggregation/partOutcome.js';
import { type PartReply, received } from './messages.js';

/** What an idle child may take to end after it was told to. */
const END_MS = 2_000;

const AGGREGATE_PROCESS = new URL('./aggregateProcess.js', import.meta.url);

/**
 * Child processes in which products may block the event loop and native code may crash. There are as many as
 * jobs at a time, started on demand and kept for the next job.
 *
 * BullMQ's own sandbox would do the same, but a child that ends while it starts leaves its job hanging for ever,
 * and one whose worker was killed can spin in its handler of uncaught errors (BullMQ 6.7).
 */
export interface ChildPool {
  /**
   * Has a child make a part.
   * @throws Refusal as the child did; Error when the child fails or ends
   */
  run(job: PartJob): Promise<PartOutcome>;
  /** Ends the children, which must be idle. */
  close(): Promise<void>;
}

/** @param environment of the children, see childSettings.ts */
export function openChildPool(environment: NodeJS.ProcessEnv, entry: URL = AGGREGATE_PROCESS): ChildPool {
  const idle = new Set<ChildProcess>();
  return {
    async run(job) {
      const [kept] = idle;
      const child = kept ?? start(entry, environment, idle);
      idle.delete(child);
      const reply = await ask(child, job);
      if (child.connected) idle.add(child);
      if ('error' in reply) throw received(reply.error);
      return reply.outcome;
    },
    async close() {
      await Promise.all([...idle].map(end));
    },
  };
}

function start(entry: URL, environment: NodeJS.ProcessEnv, idle: Set<ChildProcess>): ChildProcess {
  const child = fork(entry, { env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.once('exit', () => idle.delete(child));
  // without a listener an error between two jobs would end the worker
  child.on('error', () => idle.delete(child));
  return child;
}

/** The child's answer to a job. A child that cannot be asked is ended. */
function ask(child: ChildProcess, job: PartJob): Promise<PartReply> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      act();
    };
    const onMessage = (reply: PartReply) => settle(() => resolve(reply));
    const onError = (error: Error) => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      settle(() => reject(new Error(`a child process ended ${how} before it had made its part`)));
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(job, (error) => {
      if (error !== null) onError(error);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}
