/** Aggregates groups of modules: CPU work, in child processes. */
export const AGGREGATE_QUEUE = 'florist-aggregate';
/** Assembles and publishes an adapter once its parts are there: I/O only. */
export const PUBLISH_QUEUE = 'florist-publish';
/** Closes rounds at their deadline and picks up what was left lying. */
export const SWEEP_QUEUE = 'florist-sweep';
/** BullMQ's `prefix` option: keeps the queues of several Florists on one Redis apart. */
export function queuePrefix(ledgerPrefix: string): string {
  return `${ledgerPrefix}:queue`;
}
