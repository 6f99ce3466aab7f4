import { fork } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { childEnvironment } from '../../src/children/childSettings.js';

const PROCESS = new URL('../../dist/children/aggregateProcess.js', import.meta.url);
const environment = childEnvironment(
  { PATH: process.env.PATH, FLORIST_BLOB_URL: `file://${t.testdir()}`, LOG_LEVEL: 'silent' },
  { redisUrl: 'redis://127.0.0.1:1', provider: 'cpu', threads: 1 },
);

/** A child on its own, since the test runner's loaders would take most of the time. */
const start = () => fork(PROCESS, { env: environment, execArgv: [] });

t.test('a child whose worker goes while it starts does not stay', async (t) => {
  const child = start();
  child.disconnect();
  t.strictSame(await once(child, 'exit'), [1, null]);
});

t.test('a child whose worker goes while it is idle does not stay', async (t) => {
  const child = start();
  await new Promise((started) => setTimeout(started, 1500));
  t.equal(child.exitCode, null, 'it waits for work, and for a Redis that is out of reach');
  child.disconnect();
  t.strictSame(await once(child, 'exit'), [1, null]);
});
