// @ts-check

import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '../../processes/acquireLock.mjs';

/** Times that each process takes the lock. */
const TURNS = 5;

const [path = '', end] = process.argv.slice(2);
// outside the lock's folder, whose files the test counts; only one process may hold it at any time
const inside = join(tmpdir(), `florist-inside-${createHash('sha1').update(path).digest('hex')}`);

for (let turn = 1; turn <= TURNS; turn++) {
  const lock = await acquireLock(path, { waitMs: 60_000 });
  writeFileSync(inside, String(process.pid), { flag: 'wx' });
  await sleep(5);
  rmSync(inside);
  if (end === 'die' && turn === TURNS) process.kill(process.pid, 'SIGKILL');
  await lock.release();
}
