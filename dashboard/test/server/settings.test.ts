import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { apiUrl, publicApiUrl } from '#server/settings.ts';

t.test('lines to copy name the api as clients reach it', (t) => {
  t.intercept(process, 'env', { value: { PORT: '8080' } });
  t.equal(publicApiUrl(), 'http://127.0.0.1:8080');
  process.env.FLORIST_TLS_CERT = 'cert.pem';
  t.equal(publicApiUrl(), 'https://127.0.0.1:8080');
  process.env.FLORIST_API_URL = 'http://api:8080/';
  t.equal(publicApiUrl(), 'http://api:8080');
  process.env.FLORIST_PUBLIC_API_URL = 'https://florist.example/api/';
  t.equal(publicApiUrl(), 'https://florist.example/api');
  t.equal(apiUrl(), 'http://api:8080');
  t.end();
});

t.test('an address that is none stops the process with one line that names it', (t) => {
  const server = fileURLToPath(new URL('../../server.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [server], {
    env: { ...process.env, FLORIST_PUBLIC_API_URL: 'florist.example' },
    encoding: 'utf8',
  });
  t.equal(status, 1);
  t.equal(stderr, 'FLORIST_PUBLIC_API_URL must be an http:// or https:// URL, got florist.example\n');
  t.end();
});
