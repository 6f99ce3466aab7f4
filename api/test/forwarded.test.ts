import t from 'tap';
import { type Api, startApi } from './fixtures/startApi.js';

const FORWARDED = { 'x-forwarded-for': '192.0.2.66, 203.0.113.9', 'x-forwarded-host': 'forged.example' };

/** What the log says of the address and the host of one request. */
async function seen({ app, logged }: Api, path: string, remoteAddress: string) {
  await app.inject({ url: path, remoteAddress, headers: FORWARDED });
  const line = logged()
    .split('\n')
    .find((text) => text.includes('incoming request') && text.includes(path));
  return JSON.parse(line ?? '{}').req;
}

t.test('without a setting nobody is believed about an address', async (t) => {
  const api = await startApi(t);
  t.match(await seen(api, '/healthz?1', '127.0.0.1'), { remoteAddress: '127.0.0.1', host: 'localhost:80' });
});

t.test('a proxy of the setting is believed about the one that it names, and nobody else', async (t) => {
  const api = await startApi(t, { FLORIST_TRUST_PROXY: '10.1.0.0/16,::1' });
  const forged = { remoteAddress: '203.0.113.9', host: 'forged.example' };
  t.match(await seen(api, '/healthz?1', '10.1.2.3'), forged, 'in a range of IPv4');
  t.match(await seen(api, '/healthz?2', '::ffff:10.1.2.3'), forged, 'the same on a socket of both families');
  t.match(await seen(api, '/healthz?3', '::1'), forged, 'an address of IPv6');
  const direct = { remoteAddress: '10.2.0.1', host: 'localhost:80' };
  t.match(await seen(api, '/healthz?4', '10.2.0.1'), direct, 'outside of it');
});
