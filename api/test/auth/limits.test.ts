import { ADDRESS_ATTEMPTS_MAX, ATTEMPT_WINDOW_SECONDS } from '@florist/storage/audit/noteTurnedAway';
import t from 'tap';
import { addressBlock } from '../../src/auth/addressBlock.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { startApi } from '../fixtures/startApi.js';

const api = await startApi(t);
const { north = '' } = await openFederation(api, 'demo', ['north']);
const path = '/v1/federations/demo';

t.test(
  'an address that tries too many tokens is told to wait, and valid ones pass all the same',
  async (t) => {
    for (let index = 0; index < ADDRESS_ATTEMPTS_MAX; index++) {
      isProblem(t, await api.call('GET', path, { token: `guess-${index}` }), 'token_invalid');
    }
    const limited = await api.call('GET', path, { token: 'one-more' });
    isProblem(t, limited, 'too_many_requests');
    const wait = Number(limited.headers['retry-after']);
    t.ok(wait >= 1 && wait <= ATTEMPT_WINDOW_SECONDS, `${wait} s`);
    t.equal((await api.call('GET', path)).status, 200, 'the operator’s');
    t.equal((await api.call('GET', path, { token: north })).status, 200, 'a client’s');
    isProblem(t, await api.call('GET', path, { token: null }), 'token_missing', 'which is no guess');
    isProblem(t, await api.call('DELETE', path, { token: north }), 'role_insufficient', 'nor is this');
    const { json } = await api.call('GET', '/v1/audit?action=signIn');
    t.match(json.items, [
      { code: 'token_missing' },
      { status: 429, code: 'too_many_requests', address: '127.0.0.1' },
    ]);
  },
);

t.test('replicas share what they counted', async (t) => {
  const { ledger } = api.services;
  const keys = await ledger.redis.keys(`${ledger.prefix}:attempts:address:*`);
  t.same(keys, [`${ledger.prefix}:attempts:address:127.0.0.1`]);
  await ledger.redis.del(...keys);
  isProblem(t, await api.call('GET', path, { token: 'guess' }), 'token_invalid', 'once the time is over');
});

t.test('IPv4 counts by address, IPv6 by network', async (t) => {
  for (const [address, block] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const) {
    t.equal(addressBlock(address), block, address);
  }
});
