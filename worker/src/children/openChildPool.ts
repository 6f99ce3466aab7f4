import { type ChildProcess, fork } from 'node:child_process';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import type { PartOutcome } from '../aggregation/partOutcome.js';
import { childRuntime } from './childRuntime.js';
import { type PartReply, type PartRequest, received } from './messages.js';

/** What an idle child may take to end after it was told to. */
const END_MS = 2_000;

/** Jobs that a child has at a time: it computes for one while the other waits, or syncs what it has made. */
export const JOBS_PER_CHILD = 2;

const AGGREGATE_PROCESS = new URL('./aggregateProcess.js', import.meta.url);

/**
 * Child processes in which products may block the event loop and native code may crash. They start with the pool,
 * since loading and compiling take longer than a small round, and are kept; one that ended is started again on demand.
 *
 * BullMQ's own sandbox would do the same, but a child that ends while it starts leaves its job hanging for ever,
 * and one whose worker was killed can spin in its handler of uncaught errors (BullMQ 6.7).
 */
export interface ChildPool {
  /**
   * Has a child make a part. No more than JOBS_PER_CHILD jobs for each child may be under way.
   * @throws Refusal as the child did; Error when the child fails or ends
   */
  run(job: PartJob | SumPartJob): Promise<PartOutcome>;
  /** Ends the children, which must be idle. */
  close(): Promise<void>;
}

/** A child and how many jobs it has. */
interface Member {
  process: ChildProcess;
  jobs: number;
}

/**
 * @param children how many there may be
 * @param environment of the children, see childSettings.ts
 */
export function openChildPool(
  children: number,
  environment: NodeJS.ProcessEnv,
  entry: URL = AGGREGATE_PROCESS,
): ChildPool {
  const members = new Set<Member>();
  let requests = 0;
  while (members.size < children) start(entry, environment, members);
  return {
    async run(job) {
      const [freest] = [...members].sort((x, y) => x.jobs - y.jobs);
      const grows = freest === undefined || (freest.jobs > 0 && members.size < children);
      const member = grows ? start(entry, environment, members) : freest;
      member.jobs += 1;
      try {
        const reply = await ask(member.process, { id: ++requests, job });
        if ('error' in reply) throw received(reply.error);
        return reply.outcome;
      } finally {
        member.jobs -= 1;
      }
    },
    async close() {
      await Promise.all([...members].map((member) => end(member.process)));
    },
  };
}

function start(entry: URL, environment: NodeJS.ProcessEnv, members: Set<Member>): Member {
  const child = fork(entry, {
    ...childRuntime(environment),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const member: Member = { process: child, jobs: 0 };
  members.add(member);
  for (const event of ['exit', 'disconnect', 'error']) child.on(event, () => members.delete(member));
  return member;
}

/** The child's answer to a request. A child that cannot be asked is ended. */
function ask(child: ChildProcess, request: PartRequest): Promise<PartReply> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      act();
    };
    const onMessage = (reply: PartReply) => {
      if (reply.id === request.id) settle(() => resolve(reply));
    };
    const onError = (error: Error) => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      settle(() => reject(new Error(`a child process ended ${how} before it had made its part`)));
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(request, (error) => {
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
