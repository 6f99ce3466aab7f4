// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { processStart } from '../processes/processStart.mjs';
import { answers } from '../service/waitUntilReady.mjs';

const SERVE = fileURLToPath(new URL('programs/serve.mjs', import.meta.url));

/** How long a test waits for something to happen, in milliseconds. */
const PATIENCE_MS = 30_000;

/** @param {() => unknown} condition */
async function until(condition) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition()) && performance.now() < end) await sleep(50);
  return condition();
}

/** @param {import('tap').Test} t */
async function dataFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'florist-service-'));
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * Runs programs/serve.mjs until it is ready or has ended.
 *
 * @param {import('tap').Test} t
 * @param {string} folder
 * @param {Record<string, string>} [env]
 */
async function serve(t, folder, env = {}) {
  const child = spawn(process.execPath, [SERVE], {
    env: { ...process.env, ...cleanEnvironment(), PORT: '0', FLORIST_DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  /** @type {{ url?: string, complaint?: string, announced?: string }[]} */
  const told = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    // Errors of the processes are told between, for people.
    told.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
  });
  await until(() => told.some(({ url, complaint }) => url || complaint));
  return { child, told, url: told[0]?.url ?? '' };
}

/**
 * @param {string} folder
 * @returns {Map<string, number>} process ids by name
 */
function processesOf(folder) {
  /** @type {{ name: string, pid: number }[]} */
  const entries = JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8'));
  return new Map(entries.map(({ name, pid }) => [name, pid]));
}

t.test('keeps the service running, and ends all of it', async (t) => {
  const folder = await dataFolder(t);
  const { child, told, url } = await serve(t, folder);
  t.ok(await answers(`${url}/readyz`), 'ready');
  t.equal(statSync(join(folder, 'operator-token')).mode & 0o777, 0o600, 'the token is for its owner only');
  const first = processesOf(folder);
  t.strictSame([...first.keys()].sort(), ['api', 'redis', 'worker']);

  const second = await serve(t, folder);
  t.equal(
    second.told[0]?.complaint,
    `${folder} is in use by process ${child.pid}: stop that one, or set FLORIST_DATA_DIR to another folder.`,
  );
  const other = await dataFolder(t);
  const third = await serve(t, other, { PORT: new URL(url).port });
  t.match(third.told[0]?.complaint, /^Port \d+ of 127\.0\.0\.1 is in use: set PORT/);

  process.kill(first.get('api') ?? 0, 'SIGKILL');
  t.ok(await until(() => told.some(({ announced }) => announced?.startsWith('api was ended by SIGKILL'))));
  t.ok(await until(() => answers(`${url}/readyz`)), 'the api is back');

  process.kill(first.get('redis') ?? 0, 'SIGKILL');
  t.ok(await until(() => told.some(({ announced }) => announced?.startsWith('redis was ended by SIGKILL'))));
  const old = new Set(first.values());
  const allNew = () => {
    const now = [...processesOf(folder).values()];
    return now.length === 3 && now.every((pid) => !old.has(pid));
  };
  t.ok(await until(allNew), 'those who used the old Redis have started again');
  t.ok(await until(() => answers(`${url}/readyz`)), 'and use the new one');

  const last = processesOf(folder);
  child.kill('SIGTERM');
  await once(child, 'exit');
  t.equal(child.exitCode, 0);
  for (const [name, pid] of last) t.equal(await processStart(pid), undefined, `${name} has ended`);
});

t.test('a killed supervisor leaves nothing behind, and its folder can be used at once', async (t) => {
  const folder = await dataFolder(t);
  const { child } = await serve(t, folder);
  const processes = processesOf(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const again = await serve(t, folder);
  t.ok(await answers(`${again.url}/readyz`), 'ready again');
  for (const [name, pid] of processes)
    t.equal(await processStart(pid), undefined, `the old ${name} has ended`);
});

t.test('a wrong setting is one line', async (t) => {
  const { told } = await serve(t, await dataFolder(t), { FLORIST_EXECUTION_PROVIDER: 'abacus' });
  t.match(told[0]?.complaint, /^FLORIST_EXECUTION_PROVIDER must be one of auto, cuda, cpu/);
});

t.test('so is an operator token that cannot serve', async (t) => {
  const folder = await dataFolder(t);
  await writeFile(join(folder, 'operator-token'), 'short');
  const { told } = await serve(t, folder);
  t.match(
    told[0]?.complaint,
    /operator-token holds no usable operator token: remove it, or set FLORIST_OPER.*\.$/,
  );
});
