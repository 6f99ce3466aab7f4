import type { AuditRequest } from '@florist/core/schemas/auditEntry';
import t from 'tap';
import { beginEntry } from '../../src/audit/beginEntry.js';
import { enterAbandoned } from '../../src/audit/enterAbandoned.js';
import { finishEntry } from '../../src/audit/finishEntry.js';
import { type AuditFilter, listAudit } from '../../src/audit/listAudit.js';
import {
  ADDRESS_ATTEMPTS_MAX,
  ATTEMPT_WINDOW_SECONDS,
  noteTurnedAway,
  PREFIX_ATTEMPTS_MAX,
} from '../../src/audit/noteTurnedAway.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

function request(requestId: string, more: Partial<AuditRequest> = {}): AuditRequest {
  return {
    who: { role: 'operator', token: 'settings' },
    action: 'closeRound',
    method: 'POST',
    route: '/v1/federations/{federation}/rounds/{round}/close',
    address: '192.0.2.1',
    requestId,
    ...more,
  };
}

async function enter(ledger: Ledger, entry: AuditRequest): Promise<void> {
  await beginEntry(ledger, entry, 1_000);
  await finishEntry(ledger, entry, { outcome: 'done', status: 202 });
}

const idsOf = async (ledger: Ledger, filter: AuditFilter) =>
  (await listAudit(ledger, filter)).items.map(({ requestId }) => requestId);

t.test('what was begun and finished is in the trail, newest first, page by page', async (t) => {
  const ledger = redis.ledger();
  for (let index = 0; index < 25; index++) await enter(ledger, request(`r${index}`));
  const seen: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await listAudit(ledger, {}, { limit: 7, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ requestId }) => requestId));
    cursor = page.nextCursor;
  }
  t.same(
    seen,
    Array.from({ length: 25 }, (_, index) => `r${24 - index}`),
  );
  const [newest] = (await listAudit(ledger)).items;
  t.match(newest, { ...request('r24'), at: '2026-01-02T03:04:05.678Z', outcome: 'done', status: 202 });
  await t.rejects(listAudit(ledger, {}, { cursor: 'x' }), { code: 'request_invalid' });
  await assertSound(t, ledger);
});

t.test('filters by federation, by who and by action', async (t) => {
  const ledger = redis.ledger();
  await enter(ledger, request('one', { federation: 'a' }));
  await enter(ledger, request('two', { federation: 'b', action: 'openRound' }));
  const who = { role: 'client', federation: 'b', client: 'north' } as const;
  await enter(ledger, request('three', { federation: 'b', who }));
  await enter(ledger, request('four', { who: { role: 'viewer', token: 'tk-1', name: 'Ada' } }));
  t.same(await idsOf(ledger, { federation: 'b' }), ['three', 'two']);
  t.same(await idsOf(ledger, { federations: ['a', 'c'] }), ['one']);
  t.same(await idsOf(ledger, { federations: ['a'], federation: 'b' }), []);
  t.same(await idsOf(ledger, { action: 'openRound' }), ['two']);
  for (const name of ['tk-1', 'Ada', 'viewer']) t.same(await idsOf(ledger, { who: name }), ['four'], name);
  t.same(await idsOf(ledger, { who: 'north' }), ['three']);
  t.same(await idsOf(ledger, { who: 'settings', federation: 'a' }), ['one']);
});

t.test('a change whose process ended in the middle is entered as unknown', async (t) => {
  const ledger = redis.ledger();
  await beginEntry(ledger, request('lost'), 10_000);
  redis.clock.advance(10);
  await beginEntry(ledger, request('young'), 10_000);
  t.equal(await enterAbandoned(ledger), 1);
  t.equal(await enterAbandoned(ledger), 0);
  t.match((await listAudit(ledger)).items, [{ requestId: 'lost', outcome: 'unknown' }]);
  await finishEntry(ledger, request('young'), { outcome: 'done' });
  t.same(await idsOf(ledger, {}), ['young', 'lost']);
  redis.clock.advance(4_000);
  t.equal(await enterAbandoned(ledger), 0);
  await assertSound(t, ledger);
});

t.test(
  'a change is entered once however often its end is sent, also after it was entered as unknown',
  async (t) => {
    const ledger = redis.ledger();
    const outcomes = async () => (await listAudit(ledger)).items.map(({ outcome }) => outcome);
    await enter(ledger, request('twice'));
    await finishEntry(ledger, request('twice'), { outcome: 'done', status: 202 });
    t.same(await outcomes(), ['done']);
    await beginEntry(ledger, request('late'), 1_000);
    redis.clock.advance(2);
    t.equal(await enterAbandoned(ledger), 1);
    for (let sent = 0; sent < 2; sent++) await finishEntry(ledger, request('late'), { outcome: 'failed' });
    t.same(await outcomes(), ['failed', 'unknown', 'done']);
    await beginEntry(ledger, request('never'), 1_000);
    for (const entered of [1, 0]) {
      redis.clock.advance(4_000);
      t.equal(await enterAbandoned(ledger), entered);
    }
    t.same(await redis.redis.keys(`${ledger.prefix}:audit-begun*`), [], 'nothing is kept of it');
    await assertSound(t, ledger);
  },
);

t.test('entries stay in order although the clock goes back', async (t) => {
  const ledger = redis.ledger();
  await enter(ledger, request('before'));
  redis.clock.advance(-3600);
  await enter(ledger, request('after'));
  redis.clock.advance(3600);
  t.same(await idsOf(ledger, {}), ['after', 'before']);
});

t.test('a flood makes a handful of entries, each with the count so far', async (t) => {
  const ledger = redis.ledger();
  const turnedAway = (source: string) =>
    noteTurnedAway(ledger, '192.0.2.1', {
      request: request(source, { action: 'signIn' }),
      answer: { outcome: 'refused', status: 401, code: 'token_missing' },
      source,
    });
  for (let index = 0; index < 150; index++) await turnedAway('one');
  await turnedAway('two');
  const { items } = await listAudit(ledger);
  t.same(
    items.map(({ requestId, count }) => [requestId, count]),
    [
      ['two', 1],
      ['one', 100],
      ['one', 10],
      ['one', 1],
    ],
  );
});

t.test('nor does a flood make more of them by guessing at ever other tokens', async (t) => {
  const ledger = redis.ledger();
  for (let index = 0; index < 3 * ADDRESS_ATTEMPTS_MAX; index++) {
    const prefix = `demo.client-${index}`;
    await noteTurnedAway(ledger, '192.0.2.1', {
      request: request(prefix, { action: 'signIn' }),
      answer: { outcome: 'refused', status: 401, code: 'token_invalid' },
      source: `192.0.2.1 token_invalid ${prefix}`,
      guess: { prefix, limited: { outcome: 'refused', status: 429, code: 'too_many_requests' } },
    });
  }
  const { items } = await listAudit(ledger, {}, { limit: 1000 });
  const limited = items.filter(({ status }) => status === 429);
  t.same(
    limited.map(({ count }) => count),
    [100, 10, 1],
  );
  t.equal(items.length - limited.length, ADDRESS_ATTEMPTS_MAX);
  t.ok((await redis.redis.keys(`${ledger.prefix}:audit-seen:*`)).length <= ADDRESS_ATTEMPTS_MAX + 1);
});

t.test('too many wrong tokens from one address are limited, for the window and no longer', async (t) => {
  const ledger = redis.ledger();
  const guess = (address: string, prefix?: string) =>
    noteTurnedAway(ledger, address, {
      request: request('g', { action: 'signIn' }),
      answer: { outcome: 'refused', status: 401, code: 'token_invalid' },
      source: address,
      guess: { prefix, limited: { outcome: 'refused', status: 429, code: 'too_many_requests' } },
    });
  for (let index = 0; index < ADDRESS_ATTEMPTS_MAX; index++) t.equal(await guess('192.0.2.1'), 0);
  const wait = await guess('192.0.2.1');
  t.ok(wait > 0 && wait <= ATTEMPT_WINDOW_SECONDS, `${wait} s`);
  t.equal(await guess('192.0.2.2'), 0, 'others go on');
  t.match((await listAudit(ledger)).items[1], { status: 429, code: 'too_many_requests', count: 1 });
  for (let index = 0; index < PREFIX_ATTEMPTS_MAX; index++) {
    t.equal(await guess(`198.51.100.${index}`, 'tk-1'), 0);
  }
  t.ok((await guess('203.0.113.1', 'tk-1')) > 0, 'one token’s secrets, from ever other addresses');
  t.equal(await guess('203.0.113.1', 'tk-2'), 0);
  const keys = await redis.redis.keys(`${ledger.prefix}:attempts:*`);
  for (const key of keys) t.ok((await redis.redis.pttl(key)) > 0, 'every counter ends by itself');
});
