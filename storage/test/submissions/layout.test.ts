import t from 'tap';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { roundLayout } from '../../src/rounds/roundLayout.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { layoutOf } from '../../src/submissions/layout.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { collecting, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const two = { q: '8x8', v: '4x8' };

t.test('equal layouts are equal text, in whatever order their modules come', async (t) => {
  t.strictSame(layoutOf({ v: '4x8', q: '8x8' }), layoutOf(two));
  t.not(layoutOf({ q: '8x8', v: '8x4' }).digest, layoutOf(two).digest);
  t.equal(layoutOf(two).modules, 2);
});

t.test('the first submission pins the shapes, and a misfit names its modules', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0', 'x', { layout: two }));
  const submit = (layout: Record<string, string>, change = {}) =>
    acceptSubmission(ledger, offer('c1', 'x', { layout, ...change }));
  await t.rejects(submit({ q: '8x9', v: '4x9' }), {
    code: 'shape_mismatch',
    message: 'q: Its weight matrix is 8x8 in this federation, 8x9 in this adapter. 1 more disagree.',
    errors: [
      { tensor: 'q', detail: 'Its weight matrix is 8x8 in this federation, 8x9 in this adapter.' },
      { tensor: 'v', detail: 'Its weight matrix is 4x8 in this federation, 4x9 in this adapter.' },
    ],
  });
  await t.rejects(submit({ q: '8x8' }), {
    code: 'modules_mismatch',
    message: 'The adapter lacks 1 module (v), compared with the federation.',
    errors: [{ tensor: 'v', detail: 'The federation has it, this adapter lacks it.' }],
  });
  await t.rejects(submit({ ...two, k: '2x2', o: '2x2' }), {
    code: 'modules_mismatch',
    message: 'The adapter adds 2 modules (k, …), compared with the federation.',
    errors: [{ tensor: 'k' }, { tensor: 'o' }],
  });
  await t.rejects(submit({ k: '2x2' }), { message: /lacks 2 modules \(q, …\) and adds 1 module \(k\)/ });
  await t.rejects(submit(two, { fanInFanOut: true }), {
    code: 'shape_mismatch',
    errors: [{ field: 'config.fan_in_fan_out', detail: 'Must be false.' }],
  });
  t.equal((await submit({ v: '4x8', q: '8x8' })).outcome, 'accepted');
  await assertSound(t, ledger);
});

t.test('a refusal lists no more than twenty modules and counts them all', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, '2x2']));
  await acceptSubmission(ledger, offer('c0', 'x', { layout: many }));
  const refused = await acceptSubmission(ledger, offer('c1', 'x', { layout: two })).catch((error) => error);
  t.match(refused.message, /lacks 500 modules/);
  t.equal(refused.errors.length, 22);
});

t.test('with missingModules zero, clients may lack modules and bring new ones', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { aggregation: { missingModules: 'zero' } });
  await acceptSubmission(ledger, offer('c0', 'x', { layout: two, rank: 4 }));
  await acceptSubmission(ledger, offer('c1', 'x', { layout: { q: '8x8', k: '2x8' }, rank: 8 }));
  await t.rejects(acceptSubmission(ledger, offer('c2', 'x', { layout: { k: '3x8' } })), {
    code: 'shape_mismatch',
  });
  await acceptSubmission(ledger, offer('c2', 'x', { layout: { k: '2x8' }, rank: 16 }));
  t.strictSame(await roundLayout(ledger, 'demo', 1), {
    modules: [
      { name: 'k', shape: [2, 8], stackedRank: 24 },
      { name: 'q', shape: [8, 8], stackedRank: 12 },
      { name: 'v', shape: [4, 8], stackedRank: 4 },
    ],
    fanInFanOut: false,
  });
  const round = await closeRound(ledger, 'demo', 1, 'operator');
  t.equal(round.progress.total, 3, 'every module that some client has');
  await assertSound(t, ledger);
});

t.test('only the modules of the submissions that stayed are aggregated', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { aggregation: { missingModules: 'zero' } });
  await acceptSubmission(ledger, offer('c0', 'x', { layout: two }));
  await acceptSubmission(ledger, offer('c1', 'x', { layout: { k: '2x8' } }));
  await acceptSubmission(ledger, offer('c2', 'x', { layout: { o: '2x8' } }));
  await acceptSubmission(ledger, offer('c2', 'y', { layout: { q: '8x8' }, replace: true }));
  await removeSubmission(ledger, 'demo', 1, 'c1');
  await assertSound(t, ledger);
  const round = await closeRound(ledger, 'demo', 1, 'operator');
  t.equal(round.progress.total, 2);
  t.strictSame(
    (await roundLayout(ledger, 'demo', 1)).modules.map(({ name }) => name),
    ['q', 'v'],
  );
});

t.test('a federation forgets shapes that nothing rests on: removed, replaced or cancelled', async (t) => {
  const other = { other: '3x3' };
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0', 'x', { layout: two }));
  await acceptSubmission(ledger, offer('c0', 'y', { layout: other, replace: true, fanInFanOut: true }));
  await assertSound(t, ledger);
  await removeSubmission(ledger, 'demo', 1, 'c0');
  await acceptSubmission(ledger, offer('c0', 'z', { layout: two }));
  await assertSound(t, ledger);
  await cancelRound(ledger, 'demo', 1);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'z', { round: 2, layout: other }));
  await acceptSubmission(ledger, offer('c1', 'z', { round: 2, layout: other }));
  await assertSound(t, ledger);
  await t.rejects(
    acceptSubmission(ledger, offer('c0', 'w', { round: 2, layout: two, replace: true })),
    { code: 'modules_mismatch' },
    'another submission still rests on them',
  );
  await assertSound(t, ledger);
});
