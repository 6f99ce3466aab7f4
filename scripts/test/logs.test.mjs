// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openLog } from '../processes/openLog.mjs';
import { narrate } from '../service/narrate.mjs';
import { readProvider } from '../service/readProvider.mjs';

t.test('a log moves aside when it is full, and goes on after a restart', async (t) => {
  const path = join(t.testdir({ 'api.log': 'before\n' }), 'api.log');
  const log = openLog(path, 20);
  log.write('one\n');
  log.write('two 67890\n');
  log.write('three\n');
  t.equal(readFileSync(`${path}.1`, 'utf8'), 'before\none\n');
  t.equal(readFileSync(path, 'utf8'), 'two 67890\nthree\n');
  t.equal(statSync(path).mode & 0o777, 0o600);
});

t.test('what a full disk does not take is left out, and said', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'florist-small-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  t.teardown(() => {
    if (status === 0) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  if (status !== 0) return t.comment('needs the right to mount a small file system');
  const path = join(folder, 'api.log');
  const log = openLog(path);
  log.write('before\n');
  const filler = join(folder, 'filler');
  t.throws(() => writeFileSync(filler, new Uint8Array(128 * 1024)), { code: 'ENOSPC' });
  const long = `${'x'.repeat(8192)}\n`;
  log.write(long);
  log.write(long);
  rmSync(filler);
  log.write('after\n');
  const kept = readFileSync(path, 'utf8').replace(/x+/, '');
  t.equal(kept, 'before\n\n… 2 entries are missing: the disk did not take them\nafter\n');
});

const line = (/** @type {number} */ level, /** @type {string} */ msg, err = '') =>
  JSON.stringify({ level, msg, ...(err ? { err: { message: err } } : {}) });

t.test('tells errors, with their cause, and the same one once', async (t) => {
  /** @type {string[]} */
  const printed = [];
  const tell = narrate('worker', false, (text) => printed.push(text));
  tell(line(30, 'part made'));
  tell(line(40, 'a warning'));
  tell(line(50, 'sweep failed', 'no disk'));
  tell(line(50, 'sweep failed', 'no disk'));
  tell('not json');
  t.equal(printed.length, 1);
  t.match(printed[0], /worker {3}│.* sweep failed: no disk/);
});

t.test('tells everything from info on when asked to', async (t) => {
  /** @type {string[]} */
  const printed = [];
  const tell = narrate('api', true, (text) => printed.push(text));
  tell(line(20, 'a detail'));
  tell(JSON.stringify({ level: 30, req: { method: 'GET', url: '/healthz' }, msg: 'incoming request' }));
  tell(line(30, 'request completed'));
  tell('not json');
  t.equal(printed.length, 3);
  t.match(printed[0], /incoming request GET \/healthz$/);
  t.match(printed[2], /not json/);
});

t.test("reads the worker's provider from its log", async (t) => {
  t.equal(readProvider('{"provider":"cpu","reason":"asked for","msg":"worker ready"}'), 'cpu: asked for');
  t.equal(readProvider('{"msg":"the \\"provider\\" is elsewhere"}'), '');
  t.equal(readProvider('a "provider" in prose'), '');
});
