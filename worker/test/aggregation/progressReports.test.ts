import { readEvents } from '@florist/storage/events/readEvents';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import { cancelRound } from '@florist/storage/rounds/cancelRound';
import { getRound } from '@florist/storage/rounds/getRound';
import t from 'tap';
import { progressReports, REPORT_EVERY_MS } from '../../src/aggregation/progressReports.js';
import { aggregate, collect, type Service, startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';

const service: Service = await startService(t);
const names = moduleNames(6);
const [first = ''] = names;

async function aggregating(federation: string) {
  await collect(service, federation, [randomUpload('ann', names, [4, 4], 1, 'F32')]);
  await aggregate(service, federation);
  return { federation, round: 1, adapter: 'a1', attempt: 1 };
}

async function done(federation: string): Promise<number> {
  return (await getRound(service.ledger, federation, 1)).progress.done;
}

t.test('modules that are done one after the other are told together, all of them in the end', async (t) => {
  const progress = progressReports(service.ledger, await aggregating('quick'));
  for (const name of names) t.ok(progress.note(name));
  t.ok(await progress.finish());
  t.equal(await done('quick'), names.length);
  const events = await readEvents(service.ledger, 'quick', '0', 100);
  const told = events.flatMap(({ event }) => (event.type === 'round.progress' ? [event.done] : []));
  t.strictSame(told, [1, names.length]);
});

t.test('a slow module is told before the part ends', async (t) => {
  const progress = progressReports(service.ledger, await aggregating('slow'));
  progress.note(first);
  while ((await done('slow')) < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  t.ok(await progress.finish(), 'and there is nothing left to tell');
  t.equal(await done('slow'), 1);
});

t.test('an adapter that nobody wants any more ends the part', async (t) => {
  const progress = progressReports(service.ledger, await aggregating('cancelled'));
  await cancelRound(service.ledger, 'cancelled', 1);
  const end = performance.now() + 20 * REPORT_EVERY_MS;
  while (progress.note(first) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  t.notOk(progress.note(first));
  t.notOk(await progress.finish());
});

t.test('what could not be told is told later, and a fault in the end is thrown', async (t) => {
  const ref = await aggregating('away');
  const redis = connectRedis(service.env.REDIS_URL ?? '');
  t.teardown(() => redis.disconnect());
  const ledger = openLedger(redis, { prefix: service.ledger.prefix });
  redis.disconnect();
  const progress = progressReports(ledger, ref);
  t.ok(progress.note(first), 'a module is made whether or not it could be told');
  await t.rejects(progress.finish(), { message: /closed/ });
  await redis.connect();
  t.ok(await progress.finish());
  t.equal(await done('away'), 1);
});
