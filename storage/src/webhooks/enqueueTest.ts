import type { Queues } from '../queue/openQueues.js';
import { MESSAGE_OPTIONS } from './messageOptions.js';
import { messageJobId, type WebhookMessage } from './webhookMessage.js';

/** Queues a message that says no more than that it arrives; it is tried once. */
export async function enqueueTest(
  { webhooks }: Pick<Queues, 'webhooks'>,
  { federation, webhook, message }: WebhookMessage,
): Promise<void> {
  const data = { federation, webhook, message };
  await webhooks.add('deliver', data, { ...MESSAGE_OPTIONS, attempts: 1, jobId: messageJobId(data) });
}
