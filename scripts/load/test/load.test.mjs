// @ts-check
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import t from 'tap';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { makeFiles } from '../makeFiles.mjs';
import { printLoad } from '../printLoad.mjs';
import { readOptions } from '../readOptions.mjs';

t.test('options have defaults and bounds, and say what they are', async (t) => {
  t.strictSame(readOptions([]), { clients: 500, megabytes: 5, listeners: 1000, turns: 3 });
  t.throws(() => readOptions(['--clients', '0']), /--clients must be a whole number/);
});

t.test('every client has a file of its own, which is a whole adapter', async (t) => {
  const files = makeFiles(1);
  const contents = [0, 1, 1500].map((client) => Buffer.concat([...files.parts(client)]));
  const digests = contents.map((content) => createHash('sha256').update(content).digest('hex'));
  t.strictSame(digests, [0, 1, 1500].map(files.sha256));
  t.equal(new Set(digests).size, 3);
  for (const content of contents) t.equal(content.length, files.bytes);
});

t.test('what is late, lost, too large or too slow is a fault', async (t) => {
  const uploads = { seconds: 1, latencies: [1], retries: 0, answers: [] };
  const crowd = { uploads, reads: [], delays: [], peakBytes: 1e8, faults: [] };
  const contest = { ours: [2], theirs: [1], ratios: [0.5] };
  const options = readOptions(['--turns', '1']);
  const files = makeFiles(1);
  t.equal(printLoad(options, files, crowd, undefined).faults, 0);
  t.equal(printLoad(options, files, { ...crowd, peakBytes: 1e9 }, undefined).faults, 1);
  t.equal(
    printLoad(options, files, { ...crowd, faults: ['lost'] }, { contest, synced: [1], alone: [1] }).faults,
    2,
  );
});

t.test('a small crowd uploads, reads and listens at once, and nothing is lost', async (t) => {
  const args = ['--clients', '12', '--megabytes', '1', '--listeners', '30', '--turns', '0'];
  const env = { ...process.env, ...cleanEnvironment() };
  const { stdout } = await promisify(execFile)(process.execPath, [inRoot('scripts', 'load.mjs'), ...args], {
    env,
  });
  t.match(stdout, /uploads +12 /);
  t.match(stdout, /Everything that was acknowledged is there\./);
});
