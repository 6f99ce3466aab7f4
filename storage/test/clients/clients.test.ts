import t from 'tap';
import { listClients } from '../../src/clients/listClients.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { rotateToken } from '../../src/clients/rotateToken.js';
import { verifyClientToken } from '../../src/clients/verifyClientToken.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { getClient } from '../fixtures/getClient.js';
import { collecting, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

async function federation() {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  return ledger;
}

t.test('the token is shown the first time only, and works until it is replaced', async (t) => {
  const ledger = await federation();
  const first = await registerClient(ledger, 'demo', 'hospital-a');
  t.strictSame(first.client, {
    client: 'hospital-a',
    federation: 'demo',
    registeredAt: '2026-01-02T03:04:05.678Z',
    tokenCreatedAt: '2026-01-02T03:04:05.678Z',
  });
  const token = first.token ?? '';
  t.match(token, /^florist_demo\.hospital-a\.[A-Za-z0-9_-]{43}$/);
  t.strictSame(await registerClient(ledger, 'demo', 'hospital-a'), { client: first.client });
  t.strictSame(await verifyClientToken(ledger, token), { federation: 'demo', client: 'hospital-a' });

  redis.clock.advance(60);
  const rotated = await rotateToken(ledger, 'demo', 'hospital-a');
  t.equal(rotated.registeredAt, first.client.registeredAt);
  t.not(rotated.tokenCreatedAt, first.client.tokenCreatedAt);
  t.equal(await verifyClientToken(ledger, token), undefined);
  t.strictSame(await verifyClientToken(ledger, rotated.token), { federation: 'demo', client: 'hospital-a' });
  const { token: _, ...client } = rotated;
  t.strictSame(await getClient(ledger, 'demo', 'hospital-a'), client);
});

t.test('the ledger never holds a token', async (t) => {
  const ledger = await federation();
  const { token = '' } = await registerClient(ledger, 'demo', 'a');
  const secret = token.split('.')[2] ?? '';
  const records = await redis.redis.hvals(`${ledger.prefix}:{demo}:client-records`);
  const events = await redis.redis.xrange(`${ledger.prefix}:{demo}:events`, '-', '+');
  t.equal(records.length, 1);
  t.notMatch(JSON.stringify([records, events]), secret);
});

t.test('no altered, foreign or malformed token passes', async (t) => {
  const ledger = await federation();
  const { token = '' } = await registerClient(ledger, 'demo', 'a');
  await registerClient(ledger, 'demo', 'b');
  await createFederation(ledger, { name: 'other' });
  await registerClient(ledger, 'other', 'a');
  const secret = token.split('.')[2] ?? '';
  const flipped = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`;
  const hostile = [
    '',
    'florist_',
    token.slice(0, -1),
    `${token}A`,
    `${token}\n`,
    ` ${token}`,
    `florist_demo.a.${flipped}`,
    `florist_demo.b.${secret}`,
    `florist_other.a.${secret}`,
    `florist_none.a.${secret}`,
    `florist_demo.none.${secret}`,
    `florist_{demo}.a.${secret}`,
    `florist_demo.a.b.${secret}`,
    token.toUpperCase(),
  ];
  for (const each of hostile) t.equal(await verifyClientToken(ledger, each), undefined, JSON.stringify(each));
});

t.test('of many registrations at once, one gets the token', async (t) => {
  const ledger = await federation();
  const connections = redis.connections(ledger, 8);
  for (let round = 0; round < 25; round++) {
    const client = `c${round}`;
    const results = await Promise.all(connections.map((each) => registerClient(each, 'demo', client)));
    const tokens = results.flatMap(({ token }) => token ?? []);
    t.equal(tokens.length, 1);
    t.strictSame(await verifyClientToken(ledger, tokens[0] ?? ''), { federation: 'demo', client });
  }
  await assertSound(t, ledger);
});

t.test('of many rotations at once, the last one holds and the others are void', async (t) => {
  const ledger = await federation();
  await registerClient(ledger, 'demo', 'a');
  const connections = redis.connections(ledger, 8);
  for (let round = 0; round < 20; round++) {
    const tokens = await Promise.all(connections.map((each) => rotateToken(each, 'demo', 'a')));
    const owners = await Promise.all(tokens.map(({ token }) => verifyClientToken(ledger, token)));
    t.equal(owners.filter((owner) => owner !== undefined).length, 1);
  }
});

t.test('removal voids the token at once and leaves what was submitted', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 1);
  const { token } = await rotateToken(ledger, 'demo', 'c0');
  const { receipt } = await acceptSubmission(ledger, offer('c0'));
  await removeClient(ledger, 'demo', 'c0');
  t.equal(await verifyClientToken(ledger, token), undefined);
  t.strictSame(await getSubmission(ledger, 'demo', 1, 'c0'), receipt);
  t.strictSame((await listClients(ledger, 'demo')).items, []);
  const gone = { code: 'client_not_found', message: 'Federation demo has no client c0.' };
  await t.rejects(removeClient(ledger, 'demo', 'c0'), gone);
  await t.rejects(getClient(ledger, 'demo', 'c0'), gone);
  await t.rejects(rotateToken(ledger, 'demo', 'c0'), gone);
  await t.rejects(acceptSubmission(ledger, offer('c0', 'second', { replace: true })), gone);
  const back = await registerClient(ledger, 'demo', 'c0');
  t.ok(back.token, 'who comes back gets a new token');
  await assertSound(t, ledger);
});

t.test('refuses an id that is no slug, and a federation that does not exist', async (t) => {
  const ledger = await federation();
  for (const client of ['', 'A', 'a/b', 'a.b', 'a'.repeat(64)]) {
    await t.rejects(registerClient(ledger, 'demo', client), { code: 'request_invalid' });
  }
  const missing = { code: 'federation_not_found' };
  await t.rejects(registerClient(ledger, 'none', 'a'), missing);
  await t.rejects(getClient(ledger, 'none', 'a'), missing);
  await t.rejects(listClients(ledger, 'none'), missing);
  await t.rejects(removeClient(ledger, 'none', 'a'), missing);
  await t.rejects(rotateToken(ledger, 'none', 'a'), missing);
  await assertSound(t, ledger);
});

t.test('pages in name order neither repeat nor skip who stays, while others come and go', async (t) => {
  const ledger = await federation();
  const staying = Array.from({ length: 200 }, (_, index) => `s-${String(index).padStart(3, '0')}`);
  await Promise.all(staying.map((client) => registerClient(ledger, 'demo', client)));
  await registerClient(ledger, 'demo', 's-019-leaves');
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; ; page++) {
    const { items, nextCursor } = await listClients(ledger, 'demo', { limit: 21, ...(cursor && { cursor }) });
    seen.push(...items.map(({ client }) => client));
    // the very client that the cursor names goes away, one before it comes, one after it comes
    if (page === 0) await removeClient(ledger, 'demo', 's-019-leaves');
    if (page === 0) t.equal(items.at(-1)?.client, 's-019-leaves');
    await registerClient(ledger, 'demo', `a-${page}`);
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  t.strictSame(
    seen.filter((client) => client.startsWith('s-') && client !== 's-019-leaves'),
    staying,
  );
  t.equal(new Set(seen).size, seen.length);
});

t.test('a thousand clients come in one quick page', async (t) => {
  const ledger = await federation();
  await Promise.all(Array.from({ length: 1001 }, (_, index) => registerClient(ledger, 'demo', `c${index}`)));
  const began = performance.now();
  const page = await listClients(ledger, 'demo', { limit: 1000 });
  t.comment(`1,000 clients in ${(performance.now() - began).toFixed(0)} ms`);
  t.equal(page.items.length, 1000);
  const rest = await listClients(ledger, 'demo', { cursor: page.nextCursor ?? '' });
  t.equal(rest.items.length, 1);
  t.equal(rest.nextCursor, undefined);
});
