import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookDelivery } from '@florist/core/schemas/webhook';
import { registerClient } from '@florist/storage/clients/registerClient';
import { createFederation } from '@florist/storage/federations/createFederation';
import { createWebhook } from '@florist/storage/webhooks/createWebhook';
import { enqueueTest } from '@florist/storage/webhooks/enqueueTest';
import { getWebhook } from '@florist/storage/webhooks/getWebhook';
import { listDeliveries } from '@florist/storage/webhooks/listDeliveries';
import t, { type Test } from 'tap';
import { sendMessage } from '../../src/webhooks/sendMessage.js';
import { signMessage } from '../../src/webhooks/signMessage.js';
import { type Service, startService } from '../fixtures/service.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(90_000);

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver on loopback that answers with these statuses in turn, the last one for ever; 0 never answers. */
async function receiver(t: Test, ...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
      if (status > 0) response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(1e5));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/hook` };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 60_000; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test('the signature is that of Standard Webhooks', async (t) => {
  // the example of the specification's own libraries
  const headers = signMessage(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    new Date(1614265330_000),
    '{"test": 2432232314}',
  );
  t.strictSame(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  t.throws(() => signMessage('secret', 'id', new Date(), ''));
});

t.test('private addresses and plain http are refused, however they are written', async (t) => {
  const { received, url } = await receiver(t, 200);
  const port = new URL(url).port;
  t.strictSame(await sendMessage(url, {}, '{}', false), { error: 'not https' });
  for (const host of ['127.0.0.1', '[::1]', '2130706433', '[::ffff:127.0.0.1]', 'localhost']) {
    t.strictSame(
      await sendMessage(`https://${host}:${port}/`, {}, '{}', false),
      { error: 'private address' },
      host,
    );
  }
  t.strictSame(received, []);
  t.strictSame(await sendMessage(url, {}, '{}', true), { status: 200 });
});

t.test('redirects are not followed, and silence, refusal and noise end', async (t) => {
  const silent = await receiver(t, 0);
  const moved = await receiver(t, 302);
  t.strictSame(await sendMessage(silent.url, {}, '{}', true, 200), { error: 'no answer in time' });
  t.strictSame(await sendMessage(moved.url, {}, '{}', true), { status: 302 });
  t.strictSame(await sendMessage('http://127.0.0.1:1/', {}, '{}', true), { error: 'ECONNREFUSED' });
  t.match(await sendMessage(moved.url.replace('http:', 'https:'), {}, '{}', true), {
    error: /SSL|TLS|EPROTO/,
  });
});

t.test('with a worker', async (t) => {
  const service: Service = await startService(t);
  const { ledger, queues } = service;
  await startWorkerProcess(t, { ...service.env, FLORIST_WEBHOOK_PRIVATE: 'allow' });
  const deliveriesOf = (federation: string, id: string, enough: (all: WebhookDelivery[]) => boolean) =>
    until(async () => {
      const all = await listDeliveries(ledger, federation, id);
      return enough(all) ? all : undefined;
    });

  t.test('events arrive, signed, and again after a failure', async (t) => {
    const { received, url } = await receiver(t, 503, 204);
    await createFederation(ledger, { name: 'told' });
    const { id, secret } = await createWebhook(ledger, 'told', { url, types: ['client.registered'] });
    await registerClient(ledger, 'told', 'a');
    const [second, first] = await deliveriesOf('told', id, (all) => all.length === 2);
    t.match(first, { attempt: 1, status: 503, delivered: false, final: false, type: 'client.registered' });
    t.match(second, { attempt: 2, status: 204, delivered: true, final: true, message: first?.message });
    t.equal(received.length, 2);
    for (const { headers, body } of received) {
      const { 'webhook-id': message, 'webhook-timestamp': timestamp } = headers;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const wanted = createHmac('sha256', key).update(`${message}.${timestamp}.${body}`).digest('base64');
      t.equal(headers['webhook-signature'], `v1,${wanted}`);
      t.equal(message, first?.message);
      t.equal(headers['content-type'], 'application/json');
      t.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 60);
    }
    const { type, timestamp, data } = JSON.parse(received[0]?.body ?? '');
    t.match(
      { type, data },
      {
        type: 'client.registered',
        data: { federation: 'told', type: 'client.registered', client: 'a', at: timestamp },
      },
    );
    t.equal(received[0]?.body, received[1]?.body);
  });

  t.test('a receiver that is gone disables its webhook; a test reaches it all the same, once', async (t) => {
    const { received, url } = await receiver(t, 410);
    await createFederation(ledger, { name: 'gone' });
    const { id } = await createWebhook(ledger, 'gone', { url, types: ['client.registered'] });
    await registerClient(ledger, 'gone', 'a');
    const [only] = await deliveriesOf('gone', id, (all) => all.length === 1);
    t.match(only, { status: 410, final: true, attempt: 1 });
    t.equal((await getWebhook(ledger, 'gone', id)).enabled, false);
    await enqueueTest(queues, { federation: 'gone', webhook: id, message: 'test-1' });
    const [test] = await deliveriesOf('gone', id, (all) => all.length === 2);
    t.match(test, { type: 'webhook.test', message: 'gone.test-1', attempt: 1, final: true });
    t.match(JSON.parse(received[1]?.body ?? ''), { type: 'webhook.test', data: { federation: 'gone' } });
  });
});
