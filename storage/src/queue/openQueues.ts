import { FlowProducer, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { AGGREGATE_QUEUE, PUBLISH_QUEUE, queuePrefix, SWEEP_QUEUE } from './names.js';
import type { PartJob, PublishJob } from './payloads.js';

export interface Queues {
  readonly prefix: string;
  readonly aggregate: Queue<PartJob>;
  readonly publish: Queue<PublishJob>;
  readonly sweep: Queue;
  readonly flows: FlowProducer;
  /** Leaves the connection open. */
  close(): Promise<void>;
}

/**
 * The queues over a connection that the caller keeps, and whose errors the caller hears of.
 * @param ledgerPrefix the ledger's key prefix, from which the queues derive theirs
 */
export function openQueues(connection: Redis, ledgerPrefix: string): Queues {
  const prefix = queuePrefix(ledgerPrefix);
  const aggregate = new Queue<PartJob>(AGGREGATE_QUEUE, { connection, prefix });
  const publish = new Queue<PublishJob>(PUBLISH_QUEUE, { connection, prefix });
  const sweep = new Queue(SWEEP_QUEUE, { connection, prefix });
  const flows = new FlowProducer({ connection, prefix });
  // each repeats the connection's errors
  for (const queue of [aggregate, publish, sweep]) queue.on('error', () => {});
  flows.on('error', () => {});
  return {
    prefix,
    aggregate,
    publish,
    sweep,
    flows,
    async close() {
      await Promise.all([aggregate, publish, sweep, flows].map((queue) => queue.close()));
    },
  };
}
