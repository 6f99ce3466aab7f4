import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { startApi } from '../fixtures/startApi.js';

const PATH = '/v1/federations/told/webhooks';
const HOOK = { url: 'https://hooks.example/florist', types: ['round.published', 'round.failed'] };

t.test('webhooks are made, read, changed, tested and deleted', async (t) => {
  const api = await startApi(t);
  await openFederation(api, 'told', []);
  const made = await api.call('POST', PATH, { body: HOOK });
  t.equal(made.status, 201);
  const { secret, ...webhook } = made.json;
  t.match(secret, /^whsec_/);
  t.equal(made.headers.location, `${PATH}/${webhook.id}`);
  const one = `${PATH}/${webhook.id}`;
  t.strictSame((await api.call('GET', one)).json, webhook, 'without its secret');
  t.strictSame((await api.call('GET', PATH)).json, { items: [webhook] });
  const changed = await api.call('PATCH', one, { body: { enabled: false, types: ['round.opened'] } });
  t.strictSame(changed.json, { ...webhook, enabled: false, types: ['round.opened'] });
  const test = await api.call('POST', `${one}/test`);
  t.equal(test.status, 202);
  t.match(test.json.message, /^told\.test-/);
  t.equal(await api.services.queues.webhooks.getWaitingCount(), 1);
  t.strictSame((await api.call('GET', `${one}/deliveries`)).json, { items: [] });
  t.equal((await api.call('DELETE', one)).status, 204);
  for (const [method, path] of [
    ['GET', one],
    ['DELETE', one],
    ['GET', `${one}/deliveries`],
    ['POST', `${one}/test`],
  ] as const) {
    isProblem(t, await api.call(method, path), 'webhook_not_found');
  }
  t.notMatch(api.logged(), secret.slice('whsec_'.length), 'the secret is in no log');
});

t.test('what cannot be a webhook is refused and changes nothing', async (t) => {
  const api = await startApi(t);
  await openFederation(api, 'told', []);
  const wrong = [
    { ...HOOK, url: 'http://hooks.example' },
    { ...HOOK, url: 'https://127.0.0.1/' },
    { ...HOOK, url: 'https://[fd00::1]/' },
    { ...HOOK, url: 'hooks' },
    { ...HOOK, url: '' },
    { ...HOOK, types: [] },
    { ...HOOK, types: ['round.exploded'] },
    { ...HOOK, types: ['round.opened', 'round.opened'] },
    { ...HOOK, secret: 'whsec_mine' },
    { url: HOOK.url },
  ];
  for (const body of wrong) isProblem(t, await api.call('POST', PATH, { body }), 'request_invalid');
  t.strictSame((await api.call('GET', PATH)).json, { items: [] });
  isProblem(
    t,
    await api.call('POST', '/v1/federations/none/webhooks', { body: HOOK }),
    'federation_not_found',
  );
});
