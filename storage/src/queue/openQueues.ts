import { FlowProducer, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { WebhookMessage } from '../webhooks/webhookMessage.js';
import {
  AGGREGATE_QUEUE,
  PUBLISH_QUEUE,
  queuePrefix,
  SUM_QUEUE,
  SWEEP_QUEUE,
  WEBHOOK_QUEUE,
} from './names.js';
import type { PartJob, PublishJob } from './payloads.js';
import type { SumJob, SumPartJob } from './sumPayloads.js';

export interface Queues {
  readonly prefix: string;
  readonly aggregate: Queue<PartJob | SumPartJob>;
  readonly publish: Queue<PublishJob>;
  readonly sum: Queue<SumJob>;
  readonly sweep: Queue;
  readonly webhooks: Queue<WebhookMessage>;
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
  const aggregate = new Queue<PartJob | SumPartJob>(AGGREGATE_QUEUE, { connection, prefix });
  const publish = new Queue<PublishJob>(PUBLISH_QUEUE, { connection, prefix });
  const sum = new Queue<SumJob>(SUM_QUEUE, { connection, prefix });
  const sweep = new Queue(SWEEP_QUEUE, { connection, prefix });
  const webhooks = new Queue<WebhookMessage>(WEBHOOK_QUEUE, { connection, prefix });
  const flows = new FlowProducer({ connection, prefix });
  // each repeats the connection's errors
  for (const queue of [aggregate, publish, sum, sweep, webhooks]) queue.on('error', () => {});
  flows.on('error', () => {});
  return {
    prefix,
    aggregate,
    publish,
    sum,
    sweep,
    webhooks,
    flows,
    async close() {
      await Promise.all([aggregate, publish, sum, sweep, webhooks, flows].map((queue) => queue.close()));
    },
  };
}
