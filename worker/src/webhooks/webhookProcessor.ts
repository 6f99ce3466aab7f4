import type { WebhookDelivery } from '@florist/core/schemas/webhook';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { recordDelivery } from '@florist/storage/webhooks/recordDelivery';
import type { WebhookMessage } from '@florist/storage/webhooks/webhookMessage';
import { webhookTarget } from '@florist/storage/webhooks/webhookTarget';
import { type Job, UnrecoverableError } from 'bullmq';
import { sendMessage } from './sendMessage.js';
import { signMessage } from './signMessage.js';

/** Type of the message that only says that messages arrive. */
const TEST_TYPE = 'webhook.test';

/** The receiver wants no more: Standard Webhooks says to disable it then. */
const GONE = 410;

/** The processor of the webhook queue: one attempt at one message. */
export function webhookProcessor(ledger: Ledger, allowPrivate: boolean) {
  return async (job: Job<WebhookMessage>): Promise<void> => {
    const { federation, webhook, event } = job.data;
    const target = await webhookTarget(ledger, federation, webhook, event === undefined);
    if (target === undefined) return;
    const at = ledger.now();
    const { id, type, body } = compose(job.data, at);
    const begun = performance.now();
    const answer = await sendMessage(
      target.url,
      signMessage(target.secret, id, at, body),
      body,
      allowPrivate,
    );
    const status = 'status' in answer ? answer.status : undefined;
    const delivered = status !== undefined && status >= 200 && status < 300;
    const attempt = job.attemptsMade + 1;
    const delivery: WebhookDelivery = {
      ...{ message: id, type, at: at.toISOString(), attempt, delivered },
      final: delivered || status === GONE || attempt >= (job.opts.attempts ?? 1),
      ...answer,
      milliseconds: Math.round(performance.now() - begun),
    };
    await recordDelivery(ledger, federation, webhook, delivery, status === GONE);
    if (status === GONE) throw new UnrecoverableError('the receiver wants no more messages');
    if (!delivered) throw new Error(`not delivered: ${'error' in answer ? answer.error : answer.status}`);
  };
}

/** The same event gives the same message in every attempt, and no other event of any federation does. */
function compose({ federation, message, event }: WebhookMessage, at: Date) {
  const id = `${federation}.${message}`;
  const type = event?.type ?? TEST_TYPE;
  const body = { type, timestamp: event?.at ?? at.toISOString(), data: { federation, ...event } };
  return { id, type, body: JSON.stringify(body) };
}
