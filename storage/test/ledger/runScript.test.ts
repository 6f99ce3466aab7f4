import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { openLedger } from '../../src/ledger/openLedger.js';
import { refusalFrom } from '../../src/ledger/refusalFrom.js';
import { connectRedis } from '../../src/redis/connectRedis.js';
import { startRedisServer } from '../../src/redis/startRedisServer.js';
import { getRound } from '../../src/rounds/getRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { submissionRecords } from '../../src/submissions/submissionRecords.js';
import { aggregating, attempt, collecting, offer, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('scripts that Redis has forgotten are sent again', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  await redis.redis.script('FLUSH');
  t.equal((await getFederation(ledger, 'demo')).name, 'demo');
});

t.test('ledgers of different prefixes do not see each other', async (t) => {
  const [one, other] = [redis.ledger(), redis.ledger()];
  await collecting(one);
  await t.rejects(getFederation(other, 'demo'), { code: 'federation_not_found' });
});

t.test('a reason that nobody has put into words is a fault, not a refusal', async (t) => {
  t.throws(() => refusalFrom(['no_such_reason'], {}, 'demo'), { name: 'Error', message: /no_such_reason/ });
});

t.test('kill -9 of redis-server loses no accepted submission and leaves no half round', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'florist-killed-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  const first = await startRedisServer({ dir });
  t.teardown(() => first.stop());
  const connection = connectRedis(first.url, { maxRetriesPerRequest: 0, onError: () => {} });
  t.teardown(() => connection.disconnect());
  const ledger = openLedger(connection, { prefix: 'p' });
  await collecting(ledger, { rounds: { maxSubmissions: 60 } }, 200);
  const accepted: string[] = [];
  const sending = Array.from({ length: 200 }, async (_, index) => {
    const done = await acceptSubmission(ledger, offer(`c${index}`)).catch(() => undefined);
    if (done !== undefined && accepted.push(done.receipt.client) === 30) process.kill(first.pid, 'SIGKILL');
  });
  await Promise.all(sending);
  await first.died;
  connection.disconnect();

  const second = await startRedisServer({ dir });
  t.teardown(() => second.stop());
  const again = connectRedis(second.url);
  t.teardown(() => again.disconnect());
  const after = openLedger(again, { prefix: 'p' });
  const kept = (await submissionRecords(after, 'demo', 1)).map(({ receipt }) => receipt.client);
  t.ok(accepted.length >= 30);
  t.strictSame(
    accepted.filter((client) => !kept.includes(client)),
    [],
  );
  t.equal((await getRound(after, 'demo', 1)).submissionCount, kept.length);
  await assertSound(t, after);
});

t.test('the same store serves on after redis-server was restarted under it', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'florist-restarted-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  const first = await startRedisServer({ dir });
  const connection = connectRedis(first.url, { onError: () => {} });
  t.teardown(() => connection.disconnect());
  const ledger = openLedger(connection);
  const ref = await aggregating(ledger);
  process.kill(first.pid, 'SIGKILL');
  await first.died;
  await first.stop();
  const publishing = publishAdapter(ledger, ref, RESULT);
  const second = await startRedisServer({ dir, port: first.port, password: new URL(first.url).password });
  t.teardown(() => second.stop());
  t.equal(second.url, first.url);
  t.equal(await publishing, 'published');
  await t.rejects(attempt(ledger, 'a1'));
  await assertSound(t, ledger);
});
