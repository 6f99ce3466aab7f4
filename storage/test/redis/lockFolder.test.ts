import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { lockFolder } from '../../src/redis/lockFolder.js';
import { processIdentity } from '../../src/redis/processIdentity.js';

const LOCK = 'redis-server.lock.1';

function sleeper(t: { teardown(end: () => void): void }): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('The process did not start.');
  return Object.assign(child, { pid: child.pid });
}

async function gone(): Promise<{ pid: number; identity: string }> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'close');
  return { pid: child.pid ?? 0, identity: 'gone' };
}

t.test('a folder is held by one, until it lets go', async (t) => {
  const dir = t.testdir();
  const lock = await lockFolder(dir);
  await t.rejects(lockFolder(dir), {
    message: `${dir} is in use by process ${process.pid}: choose another folder or end that process.`,
  });
  await lock.release();
  await (await lockFolder(dir)).release();
  t.strictSame(await readdir(dir), ['redis-server.lock.2']);
});

t.test('a server that outlived its owner is ended before the folder is taken over', async (t) => {
  const dir = t.testdir();
  const orphan = sleeper(t);
  const identity = await processIdentity(orphan.pid);
  const server = { pid: orphan.pid, identity };
  await writeFile(join(dir, LOCK), JSON.stringify({ owner: await gone(), server }));
  const ended = once(orphan, 'exit');
  const lock = await lockFolder(dir);
  t.strictSame(await ended, [null, 'SIGTERM']);
  await lock.release();
});

t.test('a process that merely got the number of the server is left alone', async (t) => {
  const dir = t.testdir();
  const stranger = sleeper(t);
  const server = { pid: stranger.pid, identity: 'started at another time' };
  await writeFile(join(dir, LOCK), JSON.stringify({ owner: await gone(), server }));
  const lock = await lockFolder(dir);
  t.equal(stranger.exitCode, null);
  t.ok(await processIdentity(stranger.pid));
  await lock.release();
});

t.test('a living owner whose server has died may take the folder again', async (t) => {
  const dir = t.testdir();
  const lock = await lockFolder(dir);
  const { pid } = await gone();
  await lock.recordServer(pid);
  await (await lockFolder(dir)).release();
});

t.test('a lock that cannot be read is stale', async (t) => {
  const dir = t.testdir({ [LOCK]: '{"owner":' });
  await (await lockFolder(dir)).release();
  t.strictSame(await readdir(dir), ['redis-server.lock.2']);
});

t.test('of many that find a stale lock at once, one gets the folder', async (t) => {
  const owner = await gone();
  for (let repeat = 0; repeat < 20; repeat++) {
    const dir = t.testdir({ [LOCK]: JSON.stringify({ owner }) });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(dir)));
    t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    t.strictSame(await readdir(dir), ['redis-server.lock.2']);
  }
});

t.test('drafts that a killed process left are swept, and nobody else is disturbed', async (t) => {
  const dir = t.testdir();
  const [old, young] = ['0'.repeat(36), '1'.repeat(36)].map((id) => join(dir, `${LOCK}.${id}`));
  if (old === undefined || young === undefined) return;
  for (const path of [old, young]) await writeFile(path, '{}');
  await utimes(old, 1, 1);
  await lockFolder(dir);
  t.strictSame((await readdir(dir)).sort(), [LOCK, `${LOCK}.${'1'.repeat(36)}`]);
});
