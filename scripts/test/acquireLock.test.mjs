// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { acquireLock, LockHeld } from '../processes/acquireLock.mjs';
import { processStart } from '../processes/processStart.mjs';

t.test('refuses a second holder and names the first', async (t) => {
  const path = join(t.testdir(), 'lock');
  const lock = await acquireLock(path);
  await t.rejects(acquireLock(path), new LockHeld(process.pid));
  await lock.release();
  await (await acquireLock(path)).release();
});

t.test('waits for a holder that lets go', async (t) => {
  const path = join(t.testdir(), 'lock');
  const lock = await acquireLock(path);
  setTimeout(() => lock.release(), 100);
  await (await acquireLock(path, { waitMs: 10_000 })).release();
});

t.test('takes over the lock of a process that has died', async (t) => {
  const path = join(t.testdir(), 'lock');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  t.teardown(() => child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  writeFileSync(`${path}.1`, JSON.stringify({ pid, started: await processStart(pid) }));
  await t.rejects(acquireLock(path), new LockHeld(pid));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await acquireLock(path);
  t.match(JSON.parse(readFileSync(`${path}.2`, 'utf8')), { pid: process.pid });
  await lock.release();
});

t.test('is not fooled by a process id that was given out again', async (t) => {
  const path = join(t.testdir(), 'lock');
  writeFileSync(`${path}.1`, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  await (await acquireLock(path)).release();
});

t.test('leaves no draft, and sweeps those of killed processes', async (t) => {
  const folder = t.testdir({ '.lock.old': '{}', '.lock.young': '{}' });
  utimesSync(join(folder, '.lock.old'), 1, 1);
  await acquireLock(join(folder, 'lock'));
  t.strictSame(readdirSync(folder).sort(), ['.lock.young', 'lock.1']);
});

t.test('lets one of many have a stale lock', async (t) => {
  const path = join(t.testdir(), 'lock');
  writeFileSync(`${path}.1`, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path)));
  t.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
});

t.test('is with one process at a time, whoever dies, lets go or waits', async (t) => {
  const path = join(t.testdir(), 'lock');
  const program = fileURLToPath(new URL('programs/holdLock.mjs', import.meta.url));
  const contenders = Array.from({ length: 8 }, (_, index) =>
    spawn(process.execPath, [program, path, index % 2 ? 'die' : 'release'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  t.teardown(() => {
    for (const child of contenders) child.kill('SIGKILL');
  });
  const said = await Promise.all(
    contenders.map(async ({ stderr }) => {
      let text = '';
      for await (const chunk of stderr) text += chunk;
      return text;
    }),
  );
  t.strictSame(
    said,
    contenders.map(() => ''),
    'none met another inside',
  );
  t.equal(readdirSync(join(path, '..')).length, 1, 'one file is left');
});
