import { randomUUID } from 'node:crypto';
import {
  Webhook,
  WebhookCreate,
  WebhookDeliveryList,
  WebhookList,
  WebhookPatch,
  WebhookTest,
  WebhookWithSecret,
} from '@florist/core/schemas/webhook';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { checkWebhookUrl } from '@florist/storage/webhooks/checkWebhookUrl';
import { createWebhook } from '@florist/storage/webhooks/createWebhook';
import { deleteWebhook } from '@florist/storage/webhooks/deleteWebhook';
import { enqueueTest } from '@florist/storage/webhooks/enqueueTest';
import { getWebhook } from '@florist/storage/webhooks/getWebhook';
import { listDeliveries } from '@florist/storage/webhooks/listDeliveries';
import { listWebhooks } from '@florist/storage/webhooks/listWebhooks';
import { updateWebhook } from '@florist/storage/webhooks/updateWebhook';
import { operation } from '../../../openapi/operation.js';
import { FederationParams, WebhookParams } from '../../../openapi/parameters.js';
import { empty, json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';

const PATH = '/federations/:federation/webhooks';
/** Addresses of webhooks often hold a secret, so none of this is for viewers. */
const SHARED = { access: 'operator', tag: 'Webhooks' } as const;
const PROBLEMS = ['federation_not_found', 'webhook_not_found'] as const;

const create = operation({
  ...SHARED,
  id: 'createWebhook',
  summary: 'Send events to an address',
  description:
    'Messages are signed as Standard Webhooks are: webhook-id, webhook-timestamp, and webhook-signature, the ' +
    'HMAC-SHA256 by the secret that only this answer shows. What is not answered with a 2xx within ten seconds is ' +
    'sent again, twelve times over three hours; a 410 disables the webhook. An event may arrive more than once, ' +
    'with the same webhook-id, and out of order.',
  request: { params: FederationParams, body: WebhookCreate.ref },
  success: { 201: json(WebhookWithSecret.ref, 'The webhook and its secret.') },
  problems: ['federation_not_found', 'webhooks_too_many'],
});

const list = operation({
  ...SHARED,
  id: 'listWebhooks',
  summary: 'List a federation’s webhooks',
  description: 'In the order in which they were made.',
  request: { params: FederationParams },
  success: { 200: json(WebhookList.ref, 'All of them.') },
  problems: ['federation_not_found'],
});

const get = operation({
  ...SHARED,
  id: 'getWebhook',
  summary: 'Look at a webhook',
  description: 'Where it sends what, and whether it is enabled.',
  request: { params: WebhookParams },
  success: { 200: json(Webhook.ref, 'The webhook.') },
  problems: [...PROBLEMS],
});

const update = operation({
  ...SHARED,
  id: 'updateWebhook',
  summary: 'Change a webhook',
  description: 'Its address, its types of events, or whether it is enabled. Its secret stays.',
  request: { params: WebhookParams, body: WebhookPatch.ref },
  success: { 200: json(Webhook.ref, 'The webhook as it is now.') },
  problems: [...PROBLEMS],
});

const remove = operation({
  ...SHARED,
  id: 'deleteWebhook',
  summary: 'Delete a webhook',
  description: 'Nothing more is sent, not even what is on its way.',
  request: { params: WebhookParams },
  success: { 204: empty('It is gone.') },
  problems: [...PROBLEMS],
});

const deliveries = operation({
  ...SHARED,
  id: 'listWebhookDeliveries',
  summary: 'What became of a webhook’s messages',
  description: 'The latest hundred attempts, newest first.',
  request: { params: WebhookParams },
  success: { 200: json(WebhookDeliveryList.ref, 'One entry per attempt.') },
  problems: [...PROBLEMS],
});

const test = operation({
  ...SHARED,
  id: 'testWebhook',
  summary: 'Send a test message',
  description: 'Of the type `webhook.test`, tried once; look for it among the deliveries.',
  request: { params: WebhookParams },
  success: { 202: json(WebhookTest.ref, 'It is on its way.') },
  problems: [...PROBLEMS],
});

export const webhookRoutes: Routes = async (app, { ledger, blobs, queues, settings }) => {
  const save = (federation: string) => saveRecords(ledger, blobs, federation, ['federation']);
  const allowPrivate = settings.webhookPrivate === 'allow';

  app.post(PATH, create, async ({ params: { federation }, body }, reply) => {
    const url = checkWebhookUrl(body.url, allowPrivate);
    const webhook = await createWebhook(ledger, federation, { ...body, url });
    await save(federation);
    return reply
      .code(201)
      .header('location', `/v1/federations/${federation}/webhooks/${webhook.id}`)
      .send(webhook);
  });

  app.get(PATH, list, async ({ params }) => ({ items: await listWebhooks(ledger, params.federation) }));

  app.get(`${PATH}/:webhook`, get, async ({ params }) =>
    getWebhook(ledger, params.federation, params.webhook),
  );

  app.patch(`${PATH}/:webhook`, update, async ({ params, body }) => {
    const url = body.url === undefined ? {} : { url: checkWebhookUrl(body.url, allowPrivate) };
    const updated = await updateWebhook(ledger, params.federation, params.webhook, { ...body, ...url });
    await save(params.federation);
    return updated;
  });

  app.delete(`${PATH}/:webhook`, remove, async ({ params }, reply) => {
    await deleteWebhook(ledger, params.federation, params.webhook);
    await save(params.federation);
    return reply.code(204).send();
  });

  app.get(`${PATH}/:webhook/deliveries`, deliveries, async ({ params }) => ({
    items: await listDeliveries(ledger, params.federation, params.webhook),
  }));

  app.post(`${PATH}/:webhook/test`, test, async ({ params: { federation, webhook } }, reply) => {
    await getWebhook(ledger, federation, webhook);
    const message = `test-${randomUUID()}`;
    await enqueueTest(queues, { federation, webhook, message });
    return reply.code(202).send({ message: `${federation}.${message}` });
  });
};
