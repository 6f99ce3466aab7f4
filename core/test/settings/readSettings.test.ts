import fc from 'fast-check';
import t from 'tap';
import { type Environment, readSettings } from '../../src/settings/readSettings.js';

t.test('an empty environment gives the documented defaults', async (t) => {
  t.strictSame(readSettings({}), {
    host: '127.0.0.1',
    port: 8080,
    dashboardPort: 3000,
    dataDir: '.florist',
    blobUrl: 'file:.florist/blobs',
    executionProvider: 'auto',
    apiUrl: 'http://127.0.0.1:8080',
    keyPrefix: 'florist',
    logLevel: 'info',
    webhookPrivate: 'refuse',
    uploadsMax: 32,
    redisUrl: undefined,
    operatorToken: undefined,
    viewerToken: undefined,
    workerConcurrency: undefined,
    tls: undefined,
    trustProxy: [],
  });
});

t.test('an empty variable counts as unset', async (t) => {
  const names = [
    'HOST',
    'PORT',
    'DASHBOARD_PORT',
    'REDIS_URL',
    'FLORIST_DATA_DIR',
    'FLORIST_BLOB_URL',
    'FLORIST_OPERATOR_TOKEN',
    'FLORIST_VIEWER_TOKEN',
    'FLORIST_EXECUTION_PROVIDER',
    'FLORIST_API_URL',
    'FLORIST_KEY_PREFIX',
    'LOG_LEVEL',
    'FLORIST_WORKER_CONCURRENCY',
    'FLORIST_WEBHOOK_PRIVATE',
    'FLORIST_TLS_CERT',
    'FLORIST_TLS_KEY',
    'FLORIST_TLS_CLIENT_CA',
    'FLORIST_TRUST_PROXY',
  ];
  t.strictSame(readSettings(Object.fromEntries(names.map((name) => [name, '']))), readSettings({}));
});

t.test('every variable reaches its setting', async (t) => {
  t.strictSame(
    readSettings({
      HOST: '::',
      PORT: '0',
      DASHBOARD_PORT: '65535',
      REDIS_URL: 'rediss://user:pass@redis.example:6380/2',
      FLORIST_DATA_DIR: '/var/lib/florist',
      FLORIST_BLOB_URL: 'file:///models/florist',
      FLORIST_OPERATOR_TOKEN: 'operator-token-1',
      FLORIST_VIEWER_TOKEN: 'viewer-token-001',
      FLORIST_EXECUTION_PROVIDER: 'cuda',
      FLORIST_API_URL: 'https://florist.example/base/',
      FLORIST_KEY_PREFIX: 'team:florist',
      LOG_LEVEL: 'debug',
      FLORIST_WORKER_CONCURRENCY: '4',
      FLORIST_WEBHOOK_PRIVATE: 'allow',
      FLORIST_TLS_CERT: '/etc/florist/cert.pem',
      FLORIST_TLS_KEY: '/etc/florist/key.pem',
      FLORIST_TLS_CLIENT_CA: '/etc/florist/clients.pem',
      FLORIST_TRUST_PROXY: '10.0.0.0/8, ::1',
      FLORIST_UPLOADS_MAX: '4',
    }),
    {
      host: '::',
      port: 0,
      dashboardPort: 65535,
      dataDir: '/var/lib/florist',
      blobUrl: 'file:///models/florist',
      executionProvider: 'cuda',
      apiUrl: 'https://florist.example/base',
      keyPrefix: 'team:florist',
      logLevel: 'debug',
      redisUrl: 'rediss://user:pass@redis.example:6380/2',
      operatorToken: 'operator-token-1',
      viewerToken: 'viewer-token-001',
      workerConcurrency: 4,
      webhookPrivate: 'allow',
      tls: {
        cert: '/etc/florist/cert.pem',
        key: '/etc/florist/key.pem',
        clientCa: '/etc/florist/clients.pem',
      },
      trustProxy: ['10.0.0.0/8', '::1'],
      uploadsMax: 4,
    },
  );
});

t.test('the blob folder follows the data folder, with its odd characters escaped', async (t) => {
  t.equal(readSettings({ FLORIST_DATA_DIR: '/srv/my data#1/' }).blobUrl, 'file:/srv/my%20data%231/blobs');
});

t.test('the api address is one that can be connected to', async (t) => {
  const url = (HOST: string) => readSettings({ HOST, PORT: '99' }).apiUrl;
  t.equal(url('0.0.0.0'), 'http://127.0.0.1:99');
  t.equal(url('::'), 'http://[::1]:99');
  t.equal(url('fe80::1'), 'http://[fe80::1]:99');
  t.equal(url('florist.example'), 'http://florist.example:99');
  const tls = { FLORIST_TLS_CERT: 'c', FLORIST_TLS_KEY: 'k' };
  t.equal(readSettings({ ...tls, HOST: '0.0.0.0', PORT: '99' }).apiUrl, 'https://127.0.0.1:99');
});

t.test('a wrong value stops with one line that names the variable', async (t) => {
  const cases: [Environment, string][] = [
    [{ PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535, got "abc"'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, got "65536"'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535, got "-1"'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535, got "80.5"'],
    [{ PORT: ' 80' }, 'PORT must be a whole number from 0 to 65535, got " 80"'],
    [{ DASHBOARD_PORT: '1e3' }, 'DASHBOARD_PORT must be a whole number from 0 to 65535, got "1e3"'],
    [{ HOST: 'http://x' }, 'HOST must be a host name or an IP address, got "http://x"'],
    [
      { FLORIST_EXECUTION_PROVIDER: 'gpu' },
      'FLORIST_EXECUTION_PROVIDER must be one of auto, cuda, cpu, got "gpu"',
    ],
    [
      { LOG_LEVEL: 'verbose' },
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, got "verbose"',
    ],
    [
      { FLORIST_BLOB_URL: '/data' },
      'FLORIST_BLOB_URL must be a file: URL of a folder, which several machines may share over a network file system, got "/data"',
    ],
    [
      { FLORIST_BLOB_URL: 's3://bucket' },
      'FLORIST_BLOB_URL must be a file: URL of a folder, which several machines may share over a network file system, got "s3://bucket"',
    ],
    [
      { FLORIST_API_URL: 'localhost:8080' },
      'FLORIST_API_URL must be an http:// or https:// URL, got "localhost:8080"',
    ],
    [
      { FLORIST_API_URL: 'http://localhost:80800' },
      'FLORIST_API_URL must be an http:// or https:// URL, got "http://localhost:80800"',
    ],
    [
      { FLORIST_KEY_PREFIX: 'a{b}' },
      'FLORIST_KEY_PREFIX must be 1 to 64 letters, digits or any of : . _ -, got "a{b}"',
    ],
    [
      { FLORIST_WORKER_CONCURRENCY: '0' },
      'FLORIST_WORKER_CONCURRENCY must be a whole number from 1 to 256, got "0"',
    ],
    [{ FLORIST_WEBHOOK_PRIVATE: 'yes' }, 'FLORIST_WEBHOOK_PRIVATE must be one of refuse, allow, got "yes"'],
    [{ FLORIST_TLS_CERT: 'c.pem' }, 'FLORIST_TLS_CERT and FLORIST_TLS_KEY must be set together'],
    [{ FLORIST_TLS_KEY: 'k.pem' }, 'FLORIST_TLS_CERT and FLORIST_TLS_KEY must be set together'],
    [{ FLORIST_TLS_CLIENT_CA: 'ca.pem' }, 'FLORIST_TLS_CLIENT_CA needs FLORIST_TLS_CERT and FLORIST_TLS_KEY'],
    [
      { FLORIST_TRUST_PROXY: '10.0.0.1,proxy' },
      'FLORIST_TRUST_PROXY must be addresses or CIDR ranges with commas between, none of them of all addresses, got "proxy"',
    ],
    [
      { FLORIST_OPERATOR_TOKEN: 'x'.repeat(16), FLORIST_VIEWER_TOKEN: 'x'.repeat(16) },
      'FLORIST_VIEWER_TOKEN must differ from FLORIST_OPERATOR_TOKEN',
    ],
  ];
  for (const [env, message] of cases) t.throws(() => readSettings(env), { message }, message);
});

t.test('a message never repeats a value that may hold a secret', async (t) => {
  t.throws(() => readSettings({ REDIS_URL: 'http://user:hunter2@redis' }), {
    message: 'REDIS_URL must be a redis:// or rediss:// URL',
  });
  t.throws(() => readSettings({ REDIS_URL: 'redis://user:hunter2@redis:99999' }), {
    message: 'REDIS_URL must be a redis:// or rediss:// URL',
  });
  t.throws(() => readSettings({ FLORIST_OPERATOR_TOKEN: 'hunter 2' }), {
    message: 'FLORIST_OPERATOR_TOKEN must be printable ASCII characters without spaces',
  });
});

t.test('any port text is either the number it spells or refused', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (text) => {
      fc.pre(text !== '');
      try {
        const { port } = readSettings({ PORT: text });
        return port >= 0 && port <= 65535 && Number(text) === port;
      } catch (error) {
        const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
        return (
          error instanceof Error &&
          error.message.startsWith('PORT ') &&
          !(number <= 65535 && text.length < 10)
        );
      }
    }),
  );
});
