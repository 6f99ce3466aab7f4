/** Aggregates groups of modules: CPU work, in child processes. */
export const AGGREGATE_QUEUE = 'florist-aggregate';
/** Assembles and publishes an adapter once its parts are there: I/O only. */
export const PUBLISH_QUEUE = 'florist-publish';
/** Plans and assembles sums of rounds, whose parts are jobs of the aggregate queue: I/O only. */
export const SUM_QUEUE = 'florist-sum';
/** Closes rounds at their deadline and picks up what was left lying. */
export const SWEEP_QUEUE = 'florist-sweep';
/** Delivers messages to webhooks: network I/O only. */
export const WEBHOOK_QUEUE = 'florist-webhook';
/** BullMQ's `prefix` option: keeps the queues of several Florists on one Redis apart. */
export function queuePrefix(ledgerPrefix: string): string {
  return `${ledgerPrefix}:queue`;
}
