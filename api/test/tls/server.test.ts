import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { askOverTls } from '../fixtures/askOverTls.js';
import { makeAuthority } from '../fixtures/makeCertificates.js';
import { OPERATOR_TOKEN, openServices } from '../fixtures/openServices.js';
import { startProcess } from '../fixtures/startProcess.js';

const HEALTHCHECK = fileURLToPath(new URL('../../dist/healthcheck.js', import.meta.url));

const authority = await makeAuthority(t, 'authority');
const issue = (name: string) => authority.issue(name, 'serverAuth', ['IP:127.0.0.1']);
const [first, second] = [await issue('first'), await issue('second')];
const { env: plain, close } = await openServices(t.testdir({}));
t.teardown(close);
const env = { ...plain, FLORIST_TLS_CERT: first.certFile, FLORIST_TLS_KEY: first.keyFile };

t.test(
  'the process serves over TLS, is found healthy, and takes a renewed certificate by itself',
  async (t) => {
    const server = startProcess(t, 'api/dist/server.js', env);
    const [, base = ''] = await server.says(/listening on (https:\S+)/);
    const ask = () => askOverTls(`${base}/healthz`, { ca: authority.cert });
    t.match(await ask(), { status: 200, server: 'first' });
    t.equal(await untilHealthy(new URL(base).port), 0);
    await Promise.all([copyFile(second.certFile, first.certFile), copyFile(second.keyFile, first.keyFile)]);
    await server.says(/took over the new TLS certificate/);
    t.match(await ask(), { status: 200, server: 'second' });
    t.equal(await server.stop(), 0);
    t.equal(await healthOf(new URL(base).port), 1, 'and not when it has ended');
  },
);

/** How long the service may count as overloaded after its start, in milliseconds: container engines wait as well. */
const HEALTHY_WITHIN_MS = 30_000;

async function untilHealthy(port: string): Promise<number> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  let code = await healthOf(port);
  while (code !== 0 && Date.now() < deadline) code = await healthOf(port);
  return code;
}

async function healthOf(port: string): Promise<number> {
  const [code] = await once(spawn(process.execPath, [HEALTHCHECK], { env: { ...env, PORT: port } }), 'exit');
  return code;
}

/** Longer than a connection that says nothing is left alone while the process stops, in milliseconds. */
const HELD_MS = 1_500;

t.test('told to stop, it finishes what is under way over TLS', async (t) => {
  const server = startProcess(t, 'api/dist/server.js', env);
  const [, base = ''] = await server.says(/listening on (https:\S+)/);
  await untilHealthy(new URL(base).port);
  const body = JSON.stringify({ name: 'held' });
  const sending = request(`${base}/v1/federations`, {
    ca: authority.cert,
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      'content-length': body.length,
    },
  });
  sending.write(body.slice(0, 5));
  await server.says(/"url":"\/v1\/federations"/);
  const answered = once(sending, 'response');
  const stopped = server.stop();
  await new Promise((resolve) => setTimeout(resolve, HELD_MS));
  sending.end(body.slice(5));
  const [{ statusCode }] = await answered;
  t.equal(statusCode, 201);
  t.equal(await stopped, 0);
});

t.test('files that cannot serve stop it with one line', async (t) => {
  const server = startProcess(t, 'api/dist/server.js', { ...env, FLORIST_TLS_KEY: '/nowhere/key.pem' });
  const [line] = await server.says(/^florist api: .*\n/);
  t.equal(line, 'florist api: FLORIST_TLS_KEY: /nowhere/key.pem cannot be read: ENOENT\n');
  t.equal(await server.ended(), 1);
});
