// @ts-check
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { answers } from '../service/waitUntilReady.mjs';

const SERVE = fileURLToPath(new URL('programs/serve.mjs', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'florist-tls-'));
t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
const CERT = join(folder, 'cert.pem');
const KEY = join(folder, 'key.pem');
await promisify(execFile)('openssl', [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
  ...['-subj', '/CN=florist', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', KEY, '-out', CERT],
]);
const [cert, key] = await Promise.all([readFile(CERT, 'utf8'), readFile(KEY, 'utf8')]);

t.test('the service starts over TLS where its CA is trusted', async (t) => {
  const child = spawn(process.execPath, [SERVE], {
    env: {
      ...process.env,
      ...cleanEnvironment(),
      PORT: '0',
      FLORIST_DATA_DIR: join(folder, 'data'),
      FLORIST_TLS_CERT: CERT,
      FLORIST_TLS_KEY: KEY,
      NODE_EXTRA_CA_CERTS: CERT,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  t.teardown(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const { url, complaint } = await firstTold(createInterface(child.stdout));
  t.equal(complaint, undefined);
  t.match(url, /^https:\/\/127\.0\.0\.1:/);
  const [{ statusCode }] = await once(get(`${url}/readyz`, { ca: cert }), 'response');
  t.equal(statusCode, 200);
  child.kill('SIGTERM');
  await ended;
  t.equal(child.exitCode, 0);
});

/**
 * Errors of the processes are told between, for people.
 *
 * @param {AsyncIterable<string>} lines
 */
async function firstTold(lines) {
  for await (const line of lines) if (line.startsWith('{')) return JSON.parse(line);
}

t.test('a certificate that is not trusted is told at once, with what to do', async (t) => {
  const server = createServer({ cert, key }, (_request, response) => response.end()).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await t.rejects(answers(`https://127.0.0.1:${port}/readyz`), {
    message: /is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\): set NODE_EXTRA_CA_CERTS/,
  });
});
