import { readdir, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import t from 'tap';
import { submissionForm } from './fixtures/encodeForm.js';
import { makeAdapter } from './fixtures/makeAdapter.js';
import { openFederation } from './fixtures/openFederation.js';
import { openServices, VIEWER_TOKEN } from './fixtures/openServices.js';
import { readEventStream } from './fixtures/readEventStream.js';
import { isBuilt, startProcess } from './fixtures/startProcess.js';
import { startServer } from './fixtures/startServer.js';
import { upload } from './fixtures/upload.js';

const SERVER = 'api/dist/server.js';
if (!isBuilt(SERVER)) {
  throw new Error('build the api first: these tests run it as a process');
}
const { env, close } = await openServices(t.testdir({}));
t.teardown(close);

const WRONG = {
  PORT: '99999',
  REDIS_URL: 'http://localhost',
  FLORIST_BLOB_URL: 's3://bucket/prefix',
  LOG_LEVEL: 'loud',
  FLORIST_TRUST_PROXY: 'anybody',
};

t.test('a wrong setting stops it with one line that names it', async (t) => {
  const refuse = async ([name, value]: [string, string]) => {
    const started = startProcess(t, SERVER, { ...env, [name]: value });
    const [line] = await started.says(/^florist api: .*\n/);
    t.match(line, new RegExp(name));
    t.equal(await started.ended(), 1, name);
    t.same(started.output(), { stderr: line, stdout: '' }, 'and nothing else');
  };
  await Promise.all(Object.entries(WRONG).map(refuse));
});

t.test('without Redis it does not start', async (t) => {
  const dataDir = t.testdir({});
  const own = { FLORIST_DATA_DIR: dataDir, FLORIST_OPERATOR_TOKEN: '' };
  const started = startProcess(t, SERVER, { ...env, ...own, REDIS_URL: '' });
  await started.says(/^florist api: REDIS_URL is not set/);
  t.equal(await started.ended(), 1);
  t.strictSame(await readdir(dataDir), [], 'and makes no token');
});

t.test('a Redis that does not take the password is told at once', async (t) => {
  const wrong = new URL(env.REDIS_URL ?? '');
  wrong.password = 'wrong';
  const started = startProcess(t, SERVER, { ...env, REDIS_URL: wrong.href });
  await started.says(/^florist api: Redis at \S+ does not take the user and password of REDIS_URL$/m);
  t.equal(await started.ended(), 1);
});

t.test('a Redis that will lose data is told as an error', async (t) => {
  const started = startProcess(t, SERVER, env);
  await started.says(/"level":50,.*"msg":"Redis keeps nothing across its restarts: set appendonly yes"/);
  await started.says(/listening on/);
  t.equal(await started.stop(), 0);
});

t.test('it shows a generated operator token once, and uses it again', async (t) => {
  const dataDir = t.testdir({});
  const own = { ...env, FLORIST_DATA_DIR: dataDir, FLORIST_OPERATOR_TOKEN: '', LOG_LEVEL: 'trace' };
  const first = startProcess(t, SERVER, own);
  const [, token = ''] = await first.says(/shown this once: (\S+)/);
  const [, base] = await first.says(/listening on (\S+)/);
  const headers = { authorization: `Bearer ${token}` };
  t.equal((await fetch(`${base}/v1/federations`, { headers })).status, 200);
  t.equal(await first.stop(), 0);
  t.notOk(first.output().stdout.includes(token), 'not in the logs');
  t.equal((await readFile(`${dataDir}/operator-token`, 'utf8')).trim(), token);
  const second = startProcess(t, SERVER, own);
  await second.says(/listening on/);
  t.equal(await second.stop(), 0);
  t.notOk(second.output().stderr.includes(token));
});

t.test(
  'told to stop, it ends streams, answers what still comes for a while, and finishes what is under way',
  async (t) => {
    const server = await startServer(t, env);
    await openFederation(server, 'stop', ['north']);
    const stream = await readEventStream(`${server.base}/v1/federations/stop/events`, VIEWER_TOKEN);
    await stream.until(() => stream.lastId() !== '');
    const { headers, body } = submissionForm(makeAdapter());
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    async function* halfAndHalf() {
      yield body.subarray(0, 1_000);
      await held;
      yield body.subarray(1_000);
    }
    const path = '/v1/federations/stop/rounds/1/submissions/north';
    const answer = upload(server.base, path, headers, Readable.from(halfAndHalf()));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stopped = server.stop();
    await stream.ended;
    const late = await server.call('GET', '/v1/federations/stop');
    t.equal(late.status, 200, 'a request that was on its way does not fail');
    t.equal(late.headers.connection, 'close', 'and the next one goes elsewhere');
    const ready = await server.call('GET', '/readyz');
    t.equal(ready.status, 503);
    t.match(ready.json.detail, /is stopping/);
    const takesNew = () => fetch(`${server.base}/healthz`).then(Boolean, () => false);
    while (await takesNew()) await new Promise((resolve) => setTimeout(resolve, 50));
    finish();
    t.equal(await answer, 201);
    t.equal(await stopped, 0);
  },
);

t.test('told to stop while nobody is connected, it still answers whoever comes next', async (t) => {
  const server = await startServer(t, env);
  const readiness = async () => {
    const ready = await fetch(`${server.base}/readyz`, { headers: { connection: 'close' } });
    await ready.text();
    return ready.status;
  };
  t.equal(await readiness(), 200);
  const stopped = server.stop();
  while ((await readiness()) === 200);
  for (let late = 0; late < 10; late += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    t.equal(await readiness(), 503, 'as long as callers may not have seen that it stops');
  }
  t.equal(await stopped, 0);
});
