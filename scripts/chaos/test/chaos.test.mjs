// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { planKills } from '../kills/planKills.mjs';
import { readOptions } from '../readOptions.mjs';

/** One round that has every step is struck at each. */
const KILLS = 9;

t.test('options have defaults and bounds, and say what they are', async (t) => {
  t.match(readOptions([]), { parts: ['kills'], kills: 200, apis: 2, workers: 2, seconds: 60, seed: 1 });
  t.same(readOptions(['--faults']).parts, ['faults']);
  t.same(readOptions(['--all']).parts, ['kills', 'faults', 'rolling']);
  t.throws(() => readOptions(['--kills', '0']), /--kills 0 is not a whole number/);
});

t.test('the same seed strikes the same, and in time everybody is struck at every step', async (t) => {
  const phases = /** @type {const} */ (['weigh', 'measure', 'project']);
  t.same(planKills(7, 3, phases), planKills(7, 3, phases));
  t.notSame(planKills(7, 3, phases), planKills(8, 3, phases));
  const struck = new Set(
    Array.from({ length: 12 }, (_, turn) => planKills(1, turn, phases))
      .flat()
      .map(({ step, victim }) => `${step} ${victim}`),
  );
  for (const pair of ['upload api', 'close redis', 'weigh child', 'project worker', 'publication redis']) {
    t.ok(struck.has(pair), pair);
  }
});

t.test('kills, faults and restarts lose nothing', { timeout: 240_000 }, async (t) => {
  const parts = ['--kills', String(KILLS), '--faults', '--seconds', '1', '--rolling', '--restarts', '1'];
  const args = [...parts, '--workers', '1'];
  const program = inRoot('scripts', 'test', 'programs', 'disturb.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
    env: { ...process.env, ...cleanEnvironment() },
  }).catch((error) => error);
  t.match(stdout, /Nothing was lost/, stdout);
  t.match(stdout, /With Redis without memory, a submission was answered with 503 service_unavailable/);
  t.match(stdout, /Under restarts \d+ requests were answered and 0 failed/);
  const mounted = !stdout.includes('SKIPPED');
  t.test('room on the disk', { skip: !mounted && 'this process may not mount a file system' }, async (t) => {
    t.match(
      stdout,
      /With a slow disk, a submission was answered with (201|503 service_unavailable, Retry-After)/,
    );
    t.match(stdout, /With a full disk, a submission was answered with 507 storage_full, Retry-After/);
    t.match(stdout, /With a disk that can only be read, a submission was answered with 503/);
  });
});
