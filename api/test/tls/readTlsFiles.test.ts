import { writeFile } from 'node:fs/promises';
import t from 'tap';
import { readTlsFiles } from '../../src/tls/readTlsFiles.js';
import { makeAuthority } from '../fixtures/makeCertificates.js';

const folder = t.testdir({ noise: 'no certificate', half: '' });
const authority = await makeAuthority(t, 'authority');
const { certFile, keyFile, cert, key } = await authority.issue('server', 'serverAuth', ['IP:127.0.0.1']);
await writeFile(`${folder}/half`, cert.replace(/\n.{64}\n/, '\n'));
const good = { cert: certFile, key: keyFile };

t.test('gives what the files hold', async (t) => {
  t.strictSame(await readTlsFiles(good), { cert, key });
  const clientCa = authority.certFile;
  t.strictSame(await readTlsFiles({ ...good, clientCa }), { cert, key, ca: authority.cert });
});

t.test('says in one line what cannot serve', async (t) => {
  const noise = `${folder}/noise`;
  const cases = [
    [{ cert: '/nowhere/cert.pem' }, 'FLORIST_TLS_CERT: /nowhere/cert.pem cannot be read: ENOENT'],
    [{ key: folder }, `FLORIST_TLS_KEY: ${folder} cannot be read: EISDIR`],
    [{ cert: noise }, `FLORIST_TLS_CERT: ${noise} holds no certificate in PEM`],
    [{ clientCa: noise }, `FLORIST_TLS_CLIENT_CA: ${noise} holds no certificate in PEM`],
    [{ cert: `${folder}/half` }, /^FLORIST_TLS_CERT: \S+ holds a broken certificate: ERR_OSSL_\w+$/],
    [{ key: noise }, /^FLORIST_TLS_CERT and FLORIST_TLS_KEY do not serve together: ERR_OSSL_\w+$/],
    [{ key: authority.keyFile }, /do not serve together: ERR_OSSL_X509_KEY_VALUES_MISMATCH$/],
  ] as const;
  for (const [wrong, message] of cases) {
    await t.rejects(readTlsFiles({ ...good, ...wrong }), { message }, String(message));
  }
});
