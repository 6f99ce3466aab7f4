import type { Queues } from '../queue/openQueues.js';
import { MESSAGE_OPTIONS } from './messageOptions.js';
import { messageJobId, type WebhookMessage } from './webhookMessage.js';

/** Queues messages; one that is queued already stays as it is. */
export async function enqueueMessages(
  { webhooks }: Pick<Queues, 'webhooks'>,
  messages: readonly WebhookMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await webhooks.addBulk(
    messages.map((data) => ({
      name: 'deliver',
      data,
      opts: { ...MESSAGE_OPTIONS, jobId: messageJobId(data) },
    })),
  );
}
