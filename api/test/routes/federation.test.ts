import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { type Api, startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);

async function blobsOf({ services }: Api, federation: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of services.blobs.list(federationFolder(federation))) {
    keys.push(key);
  }
  return keys;
}

t.test('a deleted federation leaves nothing, and its tokens end', async (t) => {
  const { north } = await openFederation(api, 'gone', ['north']);
  await submit(api, 'gone', 'north');
  t.equal((await api.call('DELETE', '/v1/federations/gone')).status, 204);
  t.same(await blobsOf(api, 'gone'), []);
  isProblem(t, await api.call('GET', '/v1/federations/gone'), 'federation_not_found');
  isProblem(t, await api.call('GET', '/v1/federations/gone', { token: north }), 'token_invalid');
  isProblem(t, await api.call('DELETE', '/v1/federations/gone'), 'federation_not_found');
});

t.test('deleting again removes blobs that a first try left', async (t) => {
  await api.services.blobs.write('federations/half/rounds/1/left.bin', Buffer.from('x'));
  isProblem(t, await api.call('DELETE', '/v1/federations/half'), 'federation_not_found');
  t.same(await blobsOf(api, 'half'), []);
});

t.test('policies can be changed in part, and limits removed', async (t) => {
  await openFederation(api, 'policy', [], { rounds: { maxSubmissions: 5, deadlineSeconds: 60 } });
  const body = { aggregation: { rank: { policy: 'fixed', rank: 3 } }, rounds: { maxSubmissions: null } };
  const { json } = await api.call('PATCH', '/v1/federations/policy', { body });
  t.same(json.rounds, { minSubmissions: 1, deadlineSeconds: 60 });
  t.match(json.aggregation, { method: 'florist', rank: { policy: 'fixed', rank: 3 }, dtype: 'F32' });
});

t.test('a client’s token is shown once and can be replaced', async (t) => {
  const { north } = await openFederation(api, 'tokens', ['north']);
  const again = await api.call('PUT', '/v1/federations/tokens/clients/north');
  t.equal(again.status, 200);
  t.notOk('token' in again.json);
  const list = await api.call('GET', '/v1/federations/tokens/clients', { token: north });
  t.notMatch(list.text, /florist_/);
  const rotated = await api.call('POST', '/v1/federations/tokens/clients/north/token');
  t.match(rotated.json, { client: 'north', token: /^florist_tokens\.north\./ });
  isProblem(t, await api.call('GET', '/v1/federations/tokens', { token: north }), 'token_invalid');
  t.equal((await api.call('GET', '/v1/federations/tokens', { token: rotated.json.token })).status, 200);
  t.equal((await api.call('DELETE', '/v1/federations/tokens/clients/north')).status, 204);
  isProblem(
    t,
    await api.call('GET', '/v1/federations/tokens', { token: rotated.json.token }),
    'token_invalid',
  );
  isProblem(t, await api.call('DELETE', '/v1/federations/tokens/clients/north'), 'client_not_found');
});

t.test('pages of a list hold everything once', async (t) => {
  const clients = Array.from({ length: 7 }, (_, i) => `client-${i}`);
  await openFederation(api, 'pages', clients);
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { json } = await api.call('GET', `/v1/federations/pages/clients?limit=3${cursor}`);
    seen.push(...json.items.map(({ client }: { client: string }) => client));
    if (json.nextCursor === undefined) {
      break;
    }
    cursor = `&cursor=${encodeURIComponent(json.nextCursor)}`;
  }
  t.same(seen, clients);
});
