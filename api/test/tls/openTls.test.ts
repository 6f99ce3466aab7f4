import { X509Certificate } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { askOverTls } from '../fixtures/askOverTls.js';
import { makeAuthority } from '../fixtures/makeCertificates.js';
import { startApi } from '../fixtures/startApi.js';

const folder = await mkdtemp(join(tmpdir(), 'florist-tls-'));
t.teardown(() => rm(folder, { recursive: true }));
const authority = await makeAuthority(t, 'authority');
const NAMES = ['IP:127.0.0.1', 'DNS:localhost'];
const [first, second] = await Promise.all(
  ['first', 'second'].map((name) => authority.issue(name, 'serverAuth', NAMES)),
);
if (first === undefined || second === undefined) throw new Error('no certificates');
const CERT = `${folder}/cert.pem`;
const KEY = `${folder}/key.pem`;
await put(first);

const api = await startApi(t, { FLORIST_TLS_CERT: CERT, FLORIST_TLS_KEY: KEY });
const base = (await api.listen()).replace('http:', 'https:');
const trusting = { ca: authority.cert };

async function put({ certFile, keyFile }: { certFile: string; keyFile: string }) {
  await Promise.all([copyFile(certFile, CERT), copyFile(keyFile, KEY)]);
}

t.test('whoever trusts the CA is answered, and nobody else goes on', async (t) => {
  t.match(await askOverTls(`${base}/healthz`, trusting), { status: 200, server: 'first' });
  await t.rejects(askOverTls(`${base}/healthz`, {}), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});

t.test('measurements say when the certificate ends', async (t) => {
  const { text: measurements } = await api.call('GET', '/metrics', { token: null });
  const seconds = Number(/^florist_tls_not_after_seconds (\S+)$/m.exec(measurements)?.[1]);
  t.equal(seconds, Date.parse(new X509Certificate(await readFile(CERT)).validTo) / 1_000);
  t.ok(seconds > Date.now() / 1_000);
});

t.test('takes TLS 1.2 and 1.3, and nothing older', async (t) => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const only = { ...trusting, minVersion: version, maxVersion: version };
    t.equal((await askOverTls(`${base}/healthz`, only)).status, 200, version);
  }
  const old = {
    ...trusting,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  } as const;
  await t.rejects(askOverTls(`${base}/healthz`, old), /alert protocol version/);
});

t.test('plain HTTP gets nothing but the end of its connection', async (t) => {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.write('GET /healthz HTTP/1.1\r\nhost: florist\r\n\r\n');
  t.equal(await text(socket).catch(() => ''), '');
  t.equal((await askOverTls(`${base}/healthz`, trusting)).status, 200, 'others are served');
});

t.test('a new certificate is taken over, and open connections go on', async (t) => {
  const agent = new Agent({ ...trusting, keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  t.match(await askOverTls(`${base}/healthz`, { agent }), { status: 200, server: 'first' });
  await put(second);
  await api.reloadTls();
  t.match(api.logged(), /took over the new TLS certificate/);
  t.match(await askOverTls(`${base}/healthz`, trusting), { server: 'second' });
  t.match(await askOverTls(`${base}/healthz`, { agent }), { status: 200, server: 'first' });
});

t.test('files that cannot serve leave the certificate in use, which is said once', async (t) => {
  const complaints = () => api.logged().split('kept the TLS certificate in use').length - 1;
  await copyFile(first.certFile, CERT);
  await api.reloadTls();
  await api.reloadTls();
  t.equal(complaints(), 1, 'a certificate without its key');
  t.match(
    api.logged(),
    /FLORIST_TLS_CERT and FLORIST_TLS_KEY do not serve together: ERR_OSSL_X509_KEY_VALUES_MISMATCH/,
  );
  await writeFile(CERT, 'half a cert');
  await api.reloadTls();
  t.equal(complaints(), 2, 'what is no certificate');
  t.match(await askOverTls(`${base}/healthz`, trusting), { server: 'second' });
  await put(first);
  await api.reloadTls();
  t.match(await askOverTls(`${base}/healthz`, trusting), { server: 'first' });
});

t.test('a secret key is never logged', async (t) => {
  for (const { key } of [first, second]) t.notOk(api.logged().includes(key.split('\n')[1] ?? key));
});
