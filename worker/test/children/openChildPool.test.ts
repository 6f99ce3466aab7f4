import type { PartJob } from '@florist/storage/queue/payloads';
import t from 'tap';
import { openChildPool } from '../../src/children/openChildPool.js';
import { isAlive } from '../fixtures/workerProcess.js';

// children inherit this process's flags, and the test runner's loaders would take most of the time
process.execArgv.splice(0);

const fixture = (name: string) => new URL(`../fixtures/${name}.mjs`, import.meta.url);

function job(what: string): PartJob {
  return {
    federation: 'f',
    round: 1,
    adapter: 'a1',
    attempt: 1,
    phase: 'aggregate',
    index: 0,
    modules: [what],
    aggregation: {
      method: 'florist',
      rank: { policy: 'fixed', rank: 1 },
      dtype: 'F32',
      missingModules: 'reject',
    },
  };
}

t.test('a child is kept for the next job, and there are as many as jobs at a time', async (t) => {
  const pool = openChildPool({ PATH: process.env.PATH }, fixture('child'));
  const [first, second] = [await pool.run(job('make')), await pool.run(job('make'))].map((text) =>
    text.split(' '),
  );
  t.equal(first?.[0], second?.[0], 'the same process');
  t.strictSame([first?.[1], second?.[1]], ['1', '2']);
  const both = await Promise.all([pool.run(job('make')), pool.run(job('make'))]);
  t.equal(new Set(both.map((text) => text.split(' ')[0])).size, 2);
  await pool.close();
  for (const text of both) t.notOk(isAlive(Number(text.split(' ')[0])), 'closing ends them');
});

t.test('a job whose child crashes fails, and the next one gets another child', async (t) => {
  const pool = openChildPool({ PATH: process.env.PATH }, fixture('child'));
  const [before] = (await pool.run(job('make'))).split(' ');
  await t.rejects(pool.run(job('crash')), /ended by SIGSEGV/);
  await t.rejects(pool.run(job('exit')), /exit code 3/);
  const [after] = (await pool.run(job('make'))).split(' ');
  t.not(before, after);
  await pool.close();
});

t.test('a child that ends while it starts fails its job and does not hang', async (t) => {
  const pool = openChildPool({ PATH: process.env.PATH }, fixture('childThatDies'));
  await t.rejects(pool.run(job('make')), /ended by SIGKILL/);
  await pool.close();
});

t.test('an idle child that is killed is not asked again', async (t) => {
  const pool = openChildPool({ PATH: process.env.PATH }, fixture('child'));
  const [pid] = (await pool.run(job('make'))).split(' ').map(Number);
  process.kill(pid ?? 0, 'SIGKILL');
  while (isAlive(pid ?? 0)) await new Promise((next) => setTimeout(next, 5));
  await new Promise((next) => setTimeout(next, 50));
  t.match(await pool.run(job('make')), /^\d+ 1$/);
  await pool.close();
});

t.test('refusals stay refusals, faults stay faults, and the child stays', async (t) => {
  const pool = openChildPool({ PATH: process.env.PATH }, fixture('child'));
  const [pid] = (await pool.run(job('make'))).split(' ');
  await t.rejects(pool.run(job('refuse')), { name: 'Refusal', code: 'dtype_overflow', message: 'too large' });
  await t.rejects(pool.run(job('fail')), { name: 'Error', message: 'broken' });
  t.match(await pool.run(job('make')), `${pid} `);
  await pool.close();
});
