import t, { type Test } from 'tap';
import { registerClient } from '../../src/clients/registerClient.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { openQueues, type Queues } from '../../src/queue/openQueues.js';
import { createWebhook, WEBHOOKS_MAX } from '../../src/webhooks/createWebhook.js';
import { deleteWebhook } from '../../src/webhooks/deleteWebhook.js';
import { dispatchWebhooks } from '../../src/webhooks/dispatchWebhooks.js';
import { getWebhook } from '../../src/webhooks/getWebhook.js';
import { listDeliveries } from '../../src/webhooks/listDeliveries.js';
import { listWebhooks } from '../../src/webhooks/listWebhooks.js';
import { DELIVERIES_KEPT, recordDelivery } from '../../src/webhooks/recordDelivery.js';
import { updateWebhook } from '../../src/webhooks/updateWebhook.js';
import { webhookTarget } from '../../src/webhooks/webhookTarget.js';
import { collecting, FEDERATION } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const URL = 'https://hooks.example/florist';

function queuesOf(t: Test, ledger: Ledger): Queues {
  const queues = openQueues(ledger.redis, ledger.prefix);
  t.teardown(() => queues.close());
  return queues;
}

/** Types and clients of the messages that wait, in the order of their events. */
async function queued({ webhooks }: Queues): Promise<(string | undefined)[]> {
  const jobs = await webhooks.getJobs(['waiting']);
  jobs.sort((x, y) => (x.data.message < y.data.message ? -1 : 1));
  return jobs.map(({ data }) => data.event?.client ?? data.event?.type);
}

t.test('a webhook from its making to its end', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const made = await createWebhook(ledger, FEDERATION, { url: URL, types: ['round.published'] });
  t.match(made, { id: /^wh-[0-9a-f]{16}$/, url: URL, enabled: true, types: ['round.published'] });
  const { secret, ...webhook } = made;
  t.equal(Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length, 32);
  t.strictSame(await getWebhook(ledger, FEDERATION, made.id), webhook, 'the secret is shown once');
  t.strictSame(await webhookTarget(ledger, FEDERATION, made.id, false), { url: URL, secret });
  const changed = await updateWebhook(ledger, FEDERATION, made.id, { url: `${URL}/2`, enabled: false });
  t.strictSame(changed, { ...webhook, url: `${URL}/2`, enabled: false });
  t.equal(await webhookTarget(ledger, FEDERATION, made.id, false), undefined);
  t.equal((await webhookTarget(ledger, FEDERATION, made.id, true))?.secret, secret);
  t.strictSame(await listWebhooks(ledger, FEDERATION), [changed]);
  await assertSound(t, ledger);
  await deleteWebhook(ledger, FEDERATION, made.id);
  t.strictSame(await listWebhooks(ledger, FEDERATION), []);
  t.equal(await webhookTarget(ledger, FEDERATION, made.id, true), undefined);
  await t.rejects(getWebhook(ledger, FEDERATION, made.id), { code: 'webhook_not_found' });
  await t.rejects(deleteWebhook(ledger, FEDERATION, made.id), { code: 'webhook_not_found' });
  await assertSound(t, ledger);
});

t.test('a federation has only so many', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const create = () => createWebhook(ledger, FEDERATION, { url: URL, types: ['round.opened'] });
  for (let k = 0; k < WEBHOOKS_MAX; k++) await create();
  await t.rejects(create(), { code: 'webhooks_too_many', message: /has 16 webhooks/ });
});

t.test('every event of its types is queued once, from its making on, whoever dispatches', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const queues = queuesOf(t, ledger);
  await createWebhook(ledger, FEDERATION, { url: URL, types: ['client.registered'] });
  t.equal(await dispatchWebhooks(ledger, queues), 0, 'what happened before is not sent');
  const others = redis.connections(ledger, 4);
  // more than one batch, while several look
  const names = Array.from({ length: 700 }, (_, k) => `n${String(k).padStart(4, '0')}`);
  const register = async () => {
    for (const name of names) await registerClient(ledger, FEDERATION, name);
  };
  const look = async (other: Ledger) => {
    for (let k = 0; k < 5; k++) await dispatchWebhooks(other, queues);
  };
  await Promise.all([register(), ...others.map(look)]);
  await Promise.all(others.map((other) => dispatchWebhooks(other, queues)));
  await dispatchWebhooks(ledger, queues);
  t.strictSame((await queued(queues)).sort(), names);
});

t.test('what was queued before a crash is not queued again', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const queues = queuesOf(t, ledger);
  const { id } = await createWebhook(ledger, FEDERATION, { url: URL, types: ['federation.updated'] });
  const key = `${ledger.prefix}:{${FEDERATION}}:webhook:${id}`;
  const cursor = await ledger.redis.hget(key, 'cursor');
  await updateFederation(ledger, FEDERATION, {});
  await dispatchWebhooks(ledger, queues);
  // as if it had ended before the cursor moved
  await ledger.redis.hset(key, 'cursor', cursor ?? '');
  await dispatchWebhooks(ledger, queues);
  t.strictSame(await queued(queues), ['federation.updated']);
});

t.test('disabled, nothing is queued; enabled again, it goes on from there', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const queues = queuesOf(t, ledger);
  const { id } = await createWebhook(ledger, FEDERATION, { url: URL, types: ['client.registered'] });
  await updateWebhook(ledger, FEDERATION, id, { enabled: false });
  await registerClient(ledger, FEDERATION, 'meanwhile');
  await dispatchWebhooks(ledger, queues);
  await updateWebhook(ledger, FEDERATION, id, { enabled: true });
  await registerClient(ledger, FEDERATION, 'after');
  await dispatchWebhooks(ledger, queues);
  t.strictSame(await queued(queues), ['after']);
});

t.test('events that are no longer kept are told of', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const queues = queuesOf(t, ledger);
  await createWebhook(ledger, FEDERATION, { url: URL, types: ['client.registered'] });
  for (const name of ['lost', 'kept']) await registerClient(ledger, FEDERATION, name);
  await ledger.redis.xtrim(`${ledger.prefix}:{${FEDERATION}}:events`, 'MAXLEN', 1);
  t.equal(await dispatchWebhooks(ledger, queues), 2);
  t.strictSame((await queued(queues)).sort(), ['history.truncated', 'kept']);
  t.equal(await dispatchWebhooks(ledger, queues), 0);
});

t.test('the latest attempts are kept; a receiver that wants no more is disabled', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const { id } = await createWebhook(ledger, FEDERATION, { url: URL, types: ['round.opened'] });
  const attempt = (k: number, disable: boolean) =>
    recordDelivery(
      ledger,
      FEDERATION,
      id,
      {
        ...{ message: `demo.${k}`, type: 'round.opened', at: redis.clock.now().toISOString(), attempt: 1 },
        ...{ delivered: !disable, final: true, status: disable ? 410 : 204, milliseconds: 3 },
      },
      disable,
    );
  for (let k = 0; k < DELIVERIES_KEPT + 5; k++) await attempt(k, false);
  await attempt(999, true);
  const deliveries = await listDeliveries(ledger, FEDERATION, id);
  t.equal(deliveries.length, DELIVERIES_KEPT);
  const [gone] = deliveries;
  if (gone === undefined) return t.fail('there is no delivery');
  t.match(deliveries[0], { message: 'demo.999', delivered: false, status: 410 });
  t.equal((await getWebhook(ledger, FEDERATION, id)).enabled, false);
  await recordDelivery(ledger, FEDERATION, 'wh-0000000000000000', { ...gone, message: 'demo.1' }, false);
  await assertSound(t, ledger, 'nothing is noted of a webhook that is gone');
});

t.test('a deleted federation leaves nothing of its webhooks', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await createWebhook(ledger, FEDERATION, { url: URL, types: ['round.opened'] });
  await deleteFederation(ledger, FEDERATION);
  t.strictSame(await ledger.redis.keys(`${ledger.prefix}:{*`), [`${ledger.prefix}:{${FEDERATION}}:removals`]);
  t.strictSame(await ledger.redis.smembers(`${ledger.prefix}:webhooks`), []);
});
