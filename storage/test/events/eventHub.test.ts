import t from 'tap';
import { registerClient } from '../../src/clients/registerClient.js';
import { EventHub } from '../../src/events/eventHub.js';
import { followEvents } from '../../src/events/followEvents.js';
import { readEvents } from '../../src/events/readEvents.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

/** Follows until `count` events have come, or until the stream ends. */
async function collect(
  ledger: Ledger,
  hub: EventHub,
  federation: string,
  count: number,
  after = '0',
): Promise<string[]> {
  const abort = new AbortController();
  const ids: string[] = [];
  for await (const batch of followEvents(ledger, hub, federation, after, abort.signal)) {
    ids.push(...batch.map(({ id }) => id));
    if (ids.length >= count) abort.abort();
  }
  return ids;
}

t.test('followers see every event once and in order, while many write', async (t) => {
  const ledger = redis.ledger();
  const writers = redis.connections(ledger, 6);
  const hub = new EventHub(ledger);
  t.teardown(() => hub.close());
  const federations = ['f0', 'f1', 'f2'];
  for (const name of federations) await createFederation(ledger, { name });
  const each = 300;
  const followers = federations.flatMap((name) =>
    Array.from({ length: 5 }, () => collect(ledger, hub, name, 1 + each)),
  );
  await Promise.all(
    writers.map(async (writer, index) => {
      const name = federations[index % 3] ?? 'f0';
      for (let n = 0; n < each / 2; n++) await registerClient(writer, name, `c${index}-${n}`);
    }),
  );
  for (const [index, ids] of (await Promise.all(followers)).entries()) {
    const events = await readEvents(ledger, federations[Math.floor(index / 5)] ?? '', '0', 1000);
    t.strictSame(
      ids,
      events.map(({ id }) => id),
    );
    t.equal(ids.length, 1 + each);
  }
});

t.test('who joins while events happen misses none between looking and listening', async (t) => {
  const ledger = redis.ledger();
  const [writer = ledger] = redis.connections(ledger, 1);
  const hub = new EventHub(ledger);
  t.teardown(() => hub.close());
  await createFederation(ledger, { name: 'demo' });
  const total = 200;
  let written = 0;
  const writing = (async () => {
    for (; written < total; written++) await updateFederation(writer, 'demo', { baseModel: `m${written}` });
  })();
  const joined: Promise<string[]>[] = [];
  while (written < total) {
    joined.push(collect(ledger, hub, 'demo', total + 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await writing;
  const ids = (await readEvents(ledger, 'demo', '0', 1000)).map(({ id }) => id);
  t.ok(joined.length > 3);
  for (const seen of await Promise.all(joined)) t.strictSame(seen, ids);
});

t.test('a broken connection costs no event', async (t) => {
  const ledger = redis.ledger();
  const hub = new EventHub(ledger);
  t.teardown(() => hub.close());
  await createFederation(ledger, { name: 'demo' });
  const total = 120;
  const breakListeners = () => redis.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  const following = collect(ledger, hub, 'demo', total + 2);
  for (let index = 0; index < total; index++) {
    if (index % 30 === 10) await breakListeners();
    await updateFederation(ledger, 'demo', { baseModel: `m${index}` });
    if (index % 30 === 20) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // nothing follows that could wake the follower by chance
  await breakListeners();
  await updateFederation(ledger, 'demo', { baseModel: 'last' });
  t.strictSame(
    await following,
    (await readEvents(ledger, 'demo', '0', 1000)).map(({ id }) => id),
  );
});

t.test('following ends when the signal aborts, the hub closes or the federation goes', async (t) => {
  const ledger = redis.ledger();
  const hub = new EventHub(ledger);
  await createFederation(ledger, { name: 'demo' });
  await createFederation(ledger, { name: 'gone' });
  const abort = new AbortController();
  const start = (name: string) => {
    const events = followEvents(ledger, hub, name, '0', abort.signal);
    return { first: events.next(), rest: events };
  };
  const [aborted, closed, deleted] = [start('demo'), collect(ledger, hub, 'demo', 1000), start('gone')];
  t.equal((await aborted.first).value?.length, 1);
  t.equal((await deleted.first).value?.length, 1);
  const end = deleted.rest.next();
  await deleteFederation(ledger, 'gone');
  t.strictSame(await end, { value: undefined, done: true });
  const waiting = aborted.rest.next();
  abort.abort();
  t.strictSame(await waiting, { value: undefined, done: true });
  await hub.close();
  await hub.close();
  t.equal((await closed).length, 1);
  const late = followEvents(ledger, hub, 'demo', '0', new AbortController().signal);
  t.strictSame(await late.next(), { value: undefined, done: true });
});

t.test('a follower of what does not exist is refused', async (t) => {
  const ledger = redis.ledger();
  const hub = new EventHub(ledger);
  t.teardown(() => hub.close());
  const { signal } = new AbortController();
  await t.rejects(followEvents(ledger, hub, 'none', '0', signal).next(), { code: 'federation_not_found' });
  await createFederation(ledger, { name: 'demo' });
  await t.rejects(followEvents(ledger, hub, 'demo', 'x', signal).next(), { code: 'request_invalid' });
});

t.test('the connection listens to no more than what is followed', async (t) => {
  const ledger = redis.ledger();
  const hub = new EventHub(ledger);
  t.teardown(() => hub.close());
  await createFederation(ledger, { name: 'demo' });
  const listeners = async () => {
    const reply = await redis.redis.pubsub('NUMSUB', `${ledger.prefix}:{demo}:events`);
    return Number(reply[1]);
  };
  const leave = await hub.subscribe('demo', () => {});
  const leaveToo = await hub.subscribe('demo', () => {});
  t.equal(await listeners(), 1);
  leave();
  leave();
  t.equal(await listeners(), 1);
  leaveToo();
  const until = performance.now() + 5_000;
  while ((await listeners()) > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  t.equal(await listeners(), 0);
  const again = await hub.subscribe('demo', () => {});
  t.equal(await listeners(), 1);
  again();
});
