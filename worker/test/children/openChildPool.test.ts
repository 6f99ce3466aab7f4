import type { PartJob } from '@florist/storage/queue/payloads';
import t from 'tap';
import { openChildPool } from '../../src/children/openChildPool.js';
import { isAlive } from '../fixtures/workerProcess.js';

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

t.test('all children start with the pool, before there is a job', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('child'));
  await new Promise((idle) => setTimeout(idle, 1000));
  const ages = await Promise.all([pool.run(job('age')), pool.run(job('age'))]);
  t.ok(
    ages.every((age) => Number(age) > 0.5),
    `they have run for ${ages.join(' and ')} s`,
  );
  await pool.close();
});

t.test('a child is kept for the next job, and others join it where there are more', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('child'));
  const [first, second] = [await pool.run(job('make')), await pool.run(job('make'))].map((text) =>
    text.split(' '),
  );
  t.equal(first?.[0], second?.[0], 'the same process');
  t.strictSame([first?.[1], second?.[1]], ['1', '2']);
  const four = await Promise.all(Array.from({ length: 4 }, () => pool.run(job('make'))));
  const pids = four.map((text) => text.split(' ')[0]);
  t.equal(new Set(pids).size, 2, 'no more processes than were asked for');
  t.equal(pids.filter((pid) => pid === first?.[0]).length, 2, 'which share the jobs');
  await pool.close();
  for (const text of four) t.notOk(isAlive(Number(text.split(' ')[0])), 'closing ends them');
});

t.test('a job whose child crashes fails, and the next one gets another child', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('child'));
  const [before] = (await pool.run(job('make'))).split(' ');
  await t.rejects(pool.run(job('crash')), /ended by SIGSEGV/);
  await t.rejects(pool.run(job('exit')), /exit code 3/);
  const [after] = (await pool.run(job('make'))).split(' ');
  t.not(before, after);
  await pool.close();
});

t.test('a crash fails every job of its child, and answers find their own', async (t) => {
  const pool = openChildPool(1, { PATH: process.env.PATH }, fixture('child'));
  await t.rejects(pool.run(job('fail')), /broken/);
  const [made, failed] = await Promise.allSettled([pool.run(job('make')), pool.run(job('refuse'))]);
  t.match([made, failed], [{ value: /^\d+ 2$/ }, { reason: { code: 'dtype_overflow' } }]);
  const both = await Promise.allSettled([pool.run(job('wait')), pool.run(job('crash'))]);
  t.match(both, [{ reason: /ended by SIGSEGV/ }, { reason: /ended by SIGSEGV/ }]);
  t.match(await pool.run(job('make')), /^\d+ 1$/);
  await pool.close();
});

t.test('a child that ends while it starts fails its job and does not hang', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('childThatDies'));
  await t.rejects(pool.run(job('make')), /ended by SIGKILL/);
  await pool.close();
});

t.test('an idle child that is killed is not asked again', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('child'));
  const [pid] = (await pool.run(job('make'))).split(' ').map(Number);
  process.kill(pid ?? 0, 'SIGKILL');
  while (isAlive(pid ?? 0)) await new Promise((next) => setTimeout(next, 5));
  await new Promise((next) => setTimeout(next, 50));
  t.match(await pool.run(job('make')), /^\d+ 1$/);
  await pool.close();
});

t.test('refusals stay refusals, faults stay faults, and the child stays', async (t) => {
  const pool = openChildPool(2, { PATH: process.env.PATH }, fixture('child'));
  const [pid] = (await pool.run(job('make'))).split(' ');
  await t.rejects(pool.run(job('refuse')), { name: 'Refusal', code: 'dtype_overflow', message: 'too large' });
  await t.rejects(pool.run(job('fail')), { name: 'Error', message: 'broken' });
  t.match(await pool.run(job('make')), `${pid} `);
  await pool.close();
});
