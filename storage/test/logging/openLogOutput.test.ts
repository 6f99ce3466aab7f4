import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { LOG_WAITING_BYTES_MAX } from '../../src/logging/openLogOutput.js';

const PROGRAM = fileURLToPath(new URL('sayAndExit.ts', import.meta.url));
/** Far longer than anything here takes, in milliseconds. */
const HANGS_MS = 60_000;

async function start(t: Test, stdout: 'pipe' | number = 'pipe'): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import=tsx', PROGRAM], {
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

/** The exit code of a process that ends by itself. */
async function exitCode(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'exit', { signal: AbortSignal.timeout(HANGS_MS) });
  return code ?? signal;
}

async function readAll(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) said += chunk;
  return said;
}

t.test('what is written before an exit is there after it', async (t) => {
  const child = await start(t);
  const said = readAll(child);
  child.send({ lines: 1000, bytes: 100, exit: true });
  t.equal(await exitCode(child), 3);
  const lines = (await said).trimEnd().split('\n');
  t.equal(lines.length, 1000);
  t.match(lines.at(-1), /^1000\.+$/);
});

t.test('a process whose reader has died goes on, and exits when it is told to', async (t) => {
  const child = await start(t);
  child.stdout?.destroy();
  child.send({ lines: 10 });
  await once(child, 'message');
  child.send({ lines: 10, exit: true });
  t.equal(await exitCode(child), 3);
});

t.test('even if it finds out only at its exit', async (t) => {
  const child = await start(t);
  child.stdout?.destroy();
  child.send({ lines: 10, exit: true });
  t.equal(await exitCode(child), 3);
});

t.test('a disk that is full stops nothing', async (t) => {
  const full = await open('/dev/full', 'w');
  const child = await start(t, full.fd);
  await full.close();
  for (let turn = 0; turn < 2; turn++) {
    child.send({ lines: 10 });
    await once(child, 'message');
  }
  child.send({ lines: 10, exit: true });
  t.equal(await exitCode(child), 3);
});

t.test('a reader that stalls costs a bounded amount of memory', async (t) => {
  const child = await start(t);
  child.send({ lines: 1 });
  const [before] = await once(child, 'message');
  child.send({ lines: 64_000, bytes: 1024 });
  const [after] = await once(child, 'message');
  const grown = after.rss - before.rss;
  t.ok(grown < 8 * LOG_WAITING_BYTES_MAX, `${grown} bytes after 64 MB`);
  const said = readAll(child);
  child.send({ lines: 1, exit: true });
  t.equal(await exitCode(child), 3);
  const bytes = (await said).length;
  t.ok(bytes > LOG_WAITING_BYTES_MAX / 2, `${bytes} bytes had waited`);
  t.ok(bytes <= 2 * LOG_WAITING_BYTES_MAX, `${bytes} bytes had waited`);
});
