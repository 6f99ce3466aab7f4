import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import t from 'tap';
import { submissionForm } from './fixtures/encodeForm.js';
import { hugeSubmission } from './fixtures/hugeSubmission.js';
import { makeAdapter } from './fixtures/makeAdapter.js';
import { openFederation } from './fixtures/openFederation.js';
import { OPERATOR_TOKEN, openServices, VIEWER_TOKEN } from './fixtures/openServices.js';
import { readEventStream } from './fixtures/readEventStream.js';
import { isBuilt, startProcess } from './fixtures/startProcess.js';
import { startServer } from './fixtures/startServer.js';
import { submit } from './fixtures/submit.js';

const SERVER = 'api/dist/server.js';
if (!isBuilt(SERVER)) {
  throw new Error('build the api first: these tests run it as a process');
}
const { env, close } = await openServices(t.testdir({}));
t.teardown(close);

/** Sends a submission whose body is handed over as the service takes it. */
async function upload(
  base: string,
  path: string,
  headers: Record<string, string>,
  body: Readable,
): Promise<number> {
  const sending = request(`${base}${path}`, {
    method: 'PUT',
    headers: { ...headers, authorization: `Bearer ${OPERATOR_TOKEN}` },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  await pipeline(body, sending);
  return answered;
}

const WRONG = {
  PORT: '99999',
  REDIS_URL: 'http://localhost',
  FLORIST_BLOB_URL: 's3://bucket/prefix',
  LOG_LEVEL: 'loud',
};

t.test('a wrong setting stops it with one line that names it', async (t) => {
  const refuse = async ([name, value]: [string, string]) => {
    const started = startProcess(t, SERVER, { ...env, [name]: value });
    const [line] = await started.says(/^florist api: .*\n/);
    t.match(line, name === 'FLORIST_BLOB_URL' ? /s3/ : new RegExp(name));
    t.equal(await started.stop(), 1, name);
    t.same(started.output(), { stderr: line, stdout: '' }, 'and nothing else');
  };
  await Promise.all(Object.entries(WRONG).map(refuse));
});

t.test('without Redis it does not start', async (t) => {
  const started = startProcess(t, SERVER, { ...env, REDIS_URL: '' });
  await started.says(/^florist api: REDIS_URL is not set/);
  t.equal(await started.stop(), 1);
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

t.test('told to stop, it finishes what is under way, ends streams and takes nothing new', async (t) => {
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
  await t.rejects(fetch(`${server.base}/healthz`), 'no new connections');
  finish();
  t.equal(await answer, 201);
  t.equal(await stopped, 0);
});

t.test('the memory of an upload does not grow with the file', async (t) => {
  const megabytes = Number(process.env.FLORIST_TEST_UPLOAD_MB ?? 192);
  const server = await startServer(t, env);
  await openFederation(server, 'huge', ['north']);
  await submit(server, 'huge', 'north'); // everything is loaded before the measuring begins
  await server.call('DELETE', '/v1/federations/huge/rounds/1/submissions/north');
  const before = await peakMemory(server.child.pid);
  const huge = hugeSubmission(megabytes * 2 ** 20);
  const headers = { ...huge.headers, 'content-length': String(huge.bytes) };
  const path = '/v1/federations/huge/rounds/1/submissions/north';
  const began = Date.now();
  t.equal(await upload(server.base, path, headers, Readable.from(huge.pieces())), 201);
  const seconds = (Date.now() - began) / 1_000;
  const peak = await peakMemory(server.child.pid);
  t.comment(
    `${megabytes} MB in ${seconds.toFixed(1)} s; peak RSS ${before.toFixed(0)} → ${peak.toFixed(0)} MB`,
  );
  t.ok(peak < 250, `${peak} MB`);
  t.equal((await server.call('GET', path)).json.bytes, huge.adapterBytes);
});

/** The most memory the process has ever had in RAM, in MB. */
async function peakMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
