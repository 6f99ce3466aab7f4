// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { processStart } from '../processes/processStart.mjs';
import { supervise } from '../processes/supervise.mjs';

const program = (/** @type {string} */ name) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/** How long a test waits for something to happen, in milliseconds. */
const PATIENCE_MS = 10_000;

/** @param {() => unknown} condition */
async function until(condition) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition()) && performance.now() < end) await sleep(20);
  return condition();
}

/**
 * @param {import('tap').Test} t
 * @param {{ args?: string[], graceMs?: number }} [options]
 */
function beat(t, { args = [], graceMs = PATIENCE_MS } = {}) {
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const announced = [];
  const onLine = (/** @type {string} */ line) => lines.push(line);
  const env = () => process.env;
  const script = program('beat.mjs');
  const supervised = supervise({ name: 'beat', script, args, env, graceMs, onLine }, (message) =>
    announced.push(message),
  );
  t.teardown(supervised.stop);
  const pids = () => lines.flatMap((line) => (line.startsWith('started ') ? [Number(line.slice(8))] : []));
  return { supervised, lines, announced, pids };
}

t.test('starts a crashed process again and says so', async (t) => {
  const { supervised, announced, pids } = beat(t, { args: ['crash'] });
  t.equal(await supervised.firstEnd, 'ended with code 7');
  t.ok(await until(() => pids().length >= 2));
  t.equal(announced[0], 'beat ended with code 7; starting it again in 0.5 s');
});

t.test('starts a killed process again', async (t) => {
  const { supervised, pids } = beat(t);
  await until(() => pids().length === 1);
  process.kill(pids()[0] ?? 0, 'SIGKILL');
  t.equal(await supervised.firstEnd, 'was ended by SIGKILL');
  t.ok(await until(() => pids().length === 2));
});

t.test('stops gracefully and for good', async (t) => {
  const { supervised, lines, announced, pids } = beat(t);
  await until(() => pids().length === 1);
  await supervised.stop();
  t.equal(await processStart(pids()[0] ?? 0), undefined);
  t.ok(await until(() => lines.at(-1) === 'stopping'), 'its last line arrives, be it after its end');
  t.strictSame(announced, []);
});

t.test('a stop during a restart is for good', async (t) => {
  const { supervised, pids } = beat(t);
  await until(() => pids().length === 1);
  await Promise.all([supervised.restart(PATIENCE_MS), supervised.stop()]);
  t.equal(await processStart(pids()[0] ?? 0), undefined);
  await sleep(500);
  t.equal(pids().length, 1, 'nothing was started again');
});

t.test('kills what does not stop in time', async (t) => {
  const { supervised, pids } = beat(t, { args: ['stubborn'], graceMs: 200 });
  await until(() => pids().length === 1);
  await supervised.stop();
  t.equal(await processStart(pids()[0] ?? 0), undefined);
});

t.test('restarts at will', async (t) => {
  const { supervised, pids, announced } = beat(t);
  await until(() => pids().length === 1);
  await supervised.restart(PATIENCE_MS);
  t.ok(await until(() => pids().length === 2));
  t.equal(await processStart(pids()[0] ?? 0), undefined);
  t.strictSame(announced, []);
});

t.test('leaves no orphan when the supervisor is killed', async (t) => {
  const supervisor = spawn(process.execPath, [program('superviseBeat.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => supervisor.kill('SIGKILL'));
  let output = '';
  supervisor.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk;
  });
  await until(() => /started \d+\n/.test(output));
  const pid = Number(/started (\d+)/.exec(output)?.[1]);
  t.ok(await processStart(pid), 'it runs');
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  t.ok(await until(async () => (await processStart(pid)) === undefined), 'it has ended');
});
