import t from 'tap';
import { readEvents } from '../../src/events/readEvents.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { listParticipants } from '../../src/participants/listParticipants.js';
import { recordHeartbeat } from '../../src/participants/recordHeartbeat.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { beginUpload } from '../../src/submissions/beginUpload.js';
import { endUpload } from '../../src/submissions/endUpload.js';
import { noteUploadBytes } from '../../src/submissions/noteUploadBytes.js';
import { collecting, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

async function told(ledger: Ledger): Promise<unknown[]> {
  const events = (await readEvents(ledger, 'demo', '0', 1000)).map(({ event }) => event);
  return events.flatMap(({ type, client, detail, done, total }) =>
    type === 'client.progress' ? [[client, detail, done, total]] : [],
  );
}

t.test('who was heard from, how far they are, and who is gone', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 5);
  await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'training', step: 3, total: 100 });
  await recordHeartbeat(ledger, 'demo', 1, 'c1', { state: 'ready' });
  redis.clock.advance(60);
  const seen = redis.clock.now().toISOString();
  t.strictSame(await recordHeartbeat(ledger, 'demo', 'latest', 'c0', { state: 'training', step: 40 }), {
    client: 'c0',
    invited: true,
    state: 'training',
    submitted: false,
    carried: false,
    step: 40,
    total: 100,
    lastSeenAt: seen,
  });
  await recordHeartbeat(ledger, 'demo', 1, 'c2', { state: 'uploading', step: 100, total: 100 });
  await acceptSubmission(ledger, offer('c2'));
  redis.clock.advance(31);
  const { items } = await listParticipants(ledger, 'demo', 1);
  t.match(items, [
    { client: 'c0', state: 'training', step: 40, lastSeenAt: seen },
    { client: 'c1', state: 'gone' },
    { client: 'c2', state: 'uploading', submitted: true },
    { client: 'c3', state: 'silent', lastSeenAt: undefined },
    { client: 'c4', state: 'silent' },
  ]);
  t.strictSame((await getRound(ledger, 'demo', 1)).waitingFor, [
    'an operator to close it; 1 in progress, 1 gone',
  ]);
  redis.clock.advance(3600);
  t.match(
    (await listParticipants(ledger, 'demo', 1)).items[2],
    { state: 'uploading' },
    'who has submitted may go',
  );
  await recordHeartbeat(ledger, 'demo', 1, 'c2', { state: 'uploading' });
  t.strictSame((await getRound(ledger, 'demo', 1)).waitingFor, ['an operator to close it; 2 gone']);
  await assertSound(t, ledger);
});

t.test('a heartbeat is an event only when the state changes, and not for ever', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  for (let step = 0; step < 50; step++) {
    await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'training', step, total: 50 });
  }
  await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'uploading' });
  t.strictSame(await told(ledger), [
    ['c0', 'training', 0, 50],
    ['c0', 'uploading', 49, 50],
  ]);
  for (let turn = 0; turn < 100; turn++) {
    await recordHeartbeat(ledger, 'demo', 1, 'c1', { state: turn % 2 === 0 ? 'ready' : 'training' });
  }
  t.equal((await told(ledger)).length, 22, 'twenty changes of a client are told');
  t.match((await listParticipants(ledger, 'demo', 1)).items[1], { state: 'training' }, 'the list knows all');
});

t.test('the bytes of an upload are told while it is under way, and no longer', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 1);
  const note = (uploadedBytes: number, uploadBytes?: number) =>
    noteUploadBytes(ledger, 'demo', 1, 'c0', { uploadedBytes, uploadBytes });
  const first = async () => (await listParticipants(ledger, 'demo', 1)).items[0] ?? {};
  const untold = async (why: string) => {
    const item = await first();
    t.notOk('uploadedBytes' in item || 'uploadBytes' in item, why);
  };
  await note(1);
  await untold('no upload has begun');

  await beginUpload(ledger, 'demo', 1, 'c0');
  await untold('nothing is known yet');
  const large = 6 * 2 ** 40 + 1;
  await note(large - 1, large);
  t.match(await first(), { state: 'uploading', uploadedBytes: large - 1, uploadBytes: large });
  await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'uploading', step: 5, total: 5 });
  t.match(await first(), { uploadedBytes: large - 1 }, 'a report leaves them');
  redis.clock.advance(91);
  t.match(await first(), { state: 'gone' });
  await untold('who is gone sends nothing');

  await beginUpload(ledger, 'demo', 1, 'c0');
  await untold('another upload begins at nothing');
  await note(7);
  t.match(await first(), { uploadedBytes: 7 });
  await endUpload(ledger, 'demo', 1, 'c0');
  await note(8);
  await untold('it came to nothing');

  await beginUpload(ledger, 'demo', 1, 'c0');
  await note(9, 10);
  await acceptSubmission(ledger, offer('c0'));
  await note(10, 10);
  t.match(await first(), { submitted: true });
  await untold('it is in');
  await assertSound(t, ledger);
});

t.test('a round that does not collect hears nobody', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { deadlineSeconds: 60, onDeadline: 'fail' } });
  const beat = () => recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'training' });
  await t.rejects(recordHeartbeat(ledger, 'demo', 1, 'nobody', { state: 'ready' }), {
    code: 'client_not_found',
  });
  await t.rejects(recordHeartbeat(ledger, 'demo', 2, 'c0', { state: 'ready' }), { code: 'round_not_found' });
  redis.clock.advance(60);
  await t.rejects(beat(), { code: 'round_not_collecting', message: 'Round 1 is failed, not collecting.' });
  const other = redis.ledger();
  await collecting(other);
  await cancelRound(other, 'demo', 1);
  await t.rejects(recordHeartbeat(other, 'demo', 1, 'c0', { state: 'ready' }), {
    code: 'round_not_collecting',
  });
  await assertSound(t, ledger);
});

t.test('the list comes in pages, each client once, with those who are not invited but count', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { late: 'carry', deadlineSeconds: 60, onDeadline: 'fail' } }, 9);
  redis.clock.advance(60);
  await acceptSubmission(ledger, offer('c4'));
  await openRound(ledger, 'demo', { cohort: { size: 3, seed: 2, always: ['c1', 'c5', 'c8'] } });
  await acceptSubmission(ledger, offer('c5', 'first', { round: 2 }));
  const rows: unknown[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listParticipants(ledger, 'demo', 2, { limit: 1, ...(cursor && { cursor }) });
    for (const { client, invited, submitted, carried } of page.items) {
      rows.push([client, invited, submitted, carried]);
    }
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  t.strictSame(rows, [
    ['c1', true, false, false],
    ['c4', false, true, true],
    ['c5', true, true, false],
    ['c8', true, false, false],
  ]);
  await t.rejects(listParticipants(ledger, 'demo', 3), { code: 'round_not_found' });
  await t.rejects(listParticipants(ledger, 'demo', 2, { cursor: '!' }), { code: 'request_invalid' });
});

t.test('a thousand clients at work cost little', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 1000);
  const began = performance.now();
  const beats = Array.from({ length: 1000 }, (_, index) =>
    recordHeartbeat(ledger, 'demo', 1, `c${index}`, { state: 'training', step: 1, total: 10 }),
  );
  await Promise.all(beats);
  const ms = (performance.now() - began) / 1000;
  t.comment(`${ms.toFixed(2)} ms a heartbeat`);
  t.ok(ms < 5);
  t.strictSame(
    (await getRound(ledger, 'demo', 1)).waitingFor[0],
    '1 more submission (0 of 1); 1000 in progress',
  );
  t.equal((await listParticipants(ledger, 'demo', 1, { limit: 1000 })).items.length, 1000);
});
