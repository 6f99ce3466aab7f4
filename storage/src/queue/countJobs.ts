import type { QueueStatus } from '@florist/core/schemas/system';
import type { Queues } from './openQueues.js';

const STATES = ['waiting', 'active', 'delayed', 'waiting-children', 'failed'] as const;

/** How much work lies in each queue, by its state. */
export async function countJobs({
  aggregate,
  publish,
  sum,
  sweep,
  webhooks,
}: Queues): Promise<QueueStatus[]> {
  const purposes = [
    { queue: aggregate, purpose: 'Aggregates groups of modules.' },
    { queue: publish, purpose: 'Assembles and publishes an adapter once its parts are there.' },
    { queue: sum, purpose: 'Plans and assembles sums of rounds.' },
    { queue: sweep, purpose: 'Closes rounds at their deadline and picks up what was left lying.' },
    { queue: webhooks, purpose: 'Delivers messages to webhooks.' },
  ];
  return Promise.all(
    purposes.map(async ({ queue, purpose }) => {
      const counts = await queue.getJobCounts(...STATES);
      return {
        name: queue.name,
        purpose,
        waiting: counts.waiting ?? 0,
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        waitingForParts: counts['waiting-children'] ?? 0,
        failed: counts.failed ?? 0,
      };
    }),
  );
}
