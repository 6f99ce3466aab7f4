// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  writeFileSync(path, JSON.stringify({ pid, started: await processStart(pid) }));
  await t.rejects(acquireLock(path), new LockHeld(pid));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await acquireLock(path);
  t.match(JSON.parse(readFileSync(path, 'utf8')), { pid: process.pid });
  await lock.release();
});

t.test('is not fooled by a process id that was given out again', async (t) => {
  const path = join(t.testdir(), 'lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  await (await acquireLock(path)).release();
});

t.test('lets one of many have a stale lock', async (t) => {
  const path = join(t.testdir(), 'lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path)));
  t.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
});
