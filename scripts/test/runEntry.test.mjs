// @ts-check
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { inRoot } from '../processes/root.mjs';

const TALK = fileURLToPath(new URL('programs/talk.mjs', import.meta.url));

t.test('a command goes on when the reader of its output has gone', async (t) => {
  const child = spawn(process.execPath, [TALK], { stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stderr.destroy();
  t.strictSame(await once(child, 'exit'), [0, null]);
});

t.test('a command goes on when the disk behind its output is full', async (t) => {
  if (process.platform !== 'linux') return t.comment('needs /dev/full');
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [TALK], { stdio: ['ignore', full, full] });
  t.strictSame(await once(child, 'exit'), [0, null]);
});

const COMMANDS = [
  'start',
  'demo',
  'test',
  'interop',
  'conformance',
  'fuzz',
  'bench',
  'benchPeer',
  'simulate',
];
COMMANDS.push('load', 'chaos', 'precision', 'checkProviders', 'rebuild', 'audit');

t.test('every command says how it is used, and does nothing else', async (t) => {
  for (const command of COMMANDS) {
    const program = promisify(execFile)(process.execPath, [inRoot('scripts', `${command}.mjs`), '--help']);
    const { stdout, stderr } = await program;
    t.match(stdout, /^Usage: npm (start|test|run \S+)/, command);
    t.equal(stderr, '', command);
    for (const line of stdout.split('\n')) t.ok(line.length <= 80, `${command}: ${line}`);
  }
});
