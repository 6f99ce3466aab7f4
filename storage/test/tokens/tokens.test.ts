import t from 'tap';
import { listClients } from '../../src/clients/listClients.js';
import { noteClientUse } from '../../src/clients/noteClientUse.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { rotateToken } from '../../src/clients/rotateToken.js';
import { verifyClientToken } from '../../src/clients/verifyClientToken.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { createToken, TOKENS_MAX } from '../../src/tokens/createToken.js';
import { listTokens } from '../../src/tokens/listTokens.js';
import { noteTokenUse } from '../../src/tokens/noteTokenUse.js';
import { revokeToken } from '../../src/tokens/revokeToken.js';
import { rotateServiceToken } from '../../src/tokens/rotateServiceToken.js';
import { verifyServiceToken } from '../../src/tokens/verifyServiceToken.js';
import { getClient } from '../fixtures/getClient.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('a token is shown once, says who holds it, and is void when it is revoked', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  const input = { name: 'Ada', role: 'operator', federations: ['demo'] } as const;
  const { token, ...shown } = await createToken(ledger, { ...input, federations: ['demo'] }, 'settings');
  t.match(token, /^florist_tk-[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
  t.match(shown, { ...input, createdBy: 'settings', createdAt: '2026-01-02T03:04:05.678Z' });
  t.ok(token.startsWith(shown.prefix));
  t.equal(shown.prefix.length, `florist_${shown.id}.`.length + 4);
  t.same((await listTokens(ledger)).items, [shown]);
  t.same(await verifyServiceToken(ledger, token), { id: shown.id, ...input });
  await assertSound(t, ledger);
  await revokeToken(ledger, shown.id);
  t.equal(await verifyServiceToken(ledger, token), undefined);
  await t.rejects(revokeToken(ledger, shown.id), { code: 'token_not_found' });
  await t.rejects(rotateServiceToken(ledger, shown.id), { code: 'token_not_found' });
  await noteTokenUse(ledger, shown.id);
  await assertSound(t, ledger, 'a late use brings nothing back');
});

t.test('the ledger never holds a secret, and no altered token passes', async (t) => {
  const ledger = redis.ledger();
  const { token, id } = await createToken(ledger, { name: 'a', role: 'viewer' }, 'settings');
  const secret = token.split('.')[1] ?? '';
  t.notMatch(JSON.stringify(await redis.redis.hgetall(`${ledger.prefix}:token:${id}`)), secret.slice(5));
  const flipped = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`;
  const hostile = ['', token.slice(0, -1), `${token}A`, `florist_${id}.${flipped}`, `florist_tk-0.${secret}`];
  for (const each of hostile) t.equal(await verifyServiceToken(ledger, each), undefined, each.slice(0, 30));
});

t.test('a token ends when it expires, to the millisecond, and not before', async (t) => {
  const ledger = redis.ledger();
  const { token, expiresAt } = await createToken(
    ledger,
    { name: 'a', role: 'viewer', expiresInSeconds: 60 },
    'settings',
  );
  t.equal(expiresAt, '2026-01-02T03:05:05.678Z');
  redis.clock.advance(59.999);
  t.ok(await verifyServiceToken(ledger, token));
  redis.clock.advance(0.001);
  t.equal(await verifyServiceToken(ledger, token), undefined);
});

t.test('of the secrets before, the last lives on for the overlap and no older one does', async (t) => {
  const ledger = redis.ledger();
  const first = await createToken(
    ledger,
    { name: 'a', role: 'operator', expiresInSeconds: 1000 },
    'settings',
  );
  const works = async (token: string) => (await verifyServiceToken(ledger, token)) !== undefined;
  const second = await rotateServiceToken(ledger, first.id, { overlapSeconds: 100 });
  t.not(second.prefix, first.prefix, 'old and new can be told apart');
  t.same([await works(first.token), await works(second.token)], [true, true]);
  redis.clock.advance(50);
  const third = await rotateServiceToken(ledger, first.id, { overlapSeconds: 5000 });
  t.equal(third.previousUntil, second.expiresAt, 'no longer than it would have lived');
  t.same(
    [await works(first.token), await works(second.token), await works(third.token)],
    [false, true, true],
  );
  const last = await rotateServiceToken(ledger, first.id);
  t.equal(last.previousUntil, undefined);
  t.same(
    [await works(second.token), await works(third.token), await works(last.token)],
    [false, false, true],
  );
  redis.clock.advance(999);
  t.ok(await works(last.token), 'its lifetime began anew');
  redis.clock.advance(1);
  t.notOk(await works(last.token));
});

t.test('a federation that is not there is refused, and so is one token too many', async (t) => {
  const ledger = redis.ledger();
  const limited = createToken(ledger, { name: 'a', role: 'viewer', federations: ['none'] }, 'settings');
  await t.rejects(limited, { code: 'federation_not_found' });
  const many = Array.from({ length: TOKENS_MAX }, () =>
    createToken(ledger, { name: 'a', role: 'viewer' }, 'settings'),
  );
  await Promise.all(many);
  const oneMore = createToken(ledger, { name: 'a', role: 'viewer' }, 'settings');
  await t.rejects(oneMore, { code: 'tokens_too_many' });
  const seen: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await listTokens(ledger, { limit: 300, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  t.equal(new Set(seen).size, TOKENS_MAX);
  t.same(seen, [...seen].sort());
});

t.test('clients’ tokens expire and overlap too, and the last use is shown', async (t) => {
  const ledger = redis.ledger();
  const inSeconds = (seconds: number) => new Date(redis.clock.now().getTime() + 1000 * seconds).toISOString();
  await createFederation(ledger, { name: 'demo' });
  const { token: first = '' } = await registerClient(ledger, 'demo', 'a');
  const works = async (token: string) => (await verifyClientToken(ledger, token)) !== undefined;
  const second = await rotateToken(ledger, 'demo', 'a', { expiresInSeconds: 100, overlapSeconds: 10 });
  t.equal(second.tokenExpiresAt, inSeconds(100));
  t.equal(second.previousTokenUntil, inSeconds(10));
  t.same([await works(first), await works(second.token)], [true, true]);
  redis.clock.advance(10);
  t.same([await works(first), await works(second.token)], [false, true]);
  await noteClientUse(ledger, 'demo', 'a');
  await noteClientUse(ledger, 'demo', 'nobody');
  const { token: _, ...shown } = second;
  const used = { ...shown, lastUsedAt: inSeconds(0) };
  t.same((await listClients(ledger, 'demo')).items, [used]);
  t.same(await getClient(ledger, 'demo', 'a'), used);
  redis.clock.advance(90);
  t.notOk(await works(second.token));
  const third = await rotateToken(ledger, 'demo', 'a');
  t.equal(third.tokenExpiresAt, undefined, 'without a body the new one does not expire');
  t.equal(third.previousTokenUntil, undefined);
  await assertSound(t, ledger);
  await removeClient(ledger, 'demo', 'a');
  const back = await registerClient(ledger, 'demo', 'a');
  t.equal(back.client.lastUsedAt, undefined);
  await assertSound(t, ledger);
});
