import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';

const MAIN = new URL('../../dist/main.js', import.meta.url);
const CUDA_LIBRARY = join(
  dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')),
  `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`,
);

/** How the worker's process ends in an environment that lacks something. */
async function run(env: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [MAIN.pathname], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stderr };
}

t.test('a wrong setting stops the worker with one line that names it', async (t) => {
  const { code, stderr } = await run({ FLORIST_EXECUTION_PROVIDER: 'tpu', REDIS_URL: 'redis://127.0.0.1:1' });
  t.equal(code, 1);
  t.match(stderr, /^florist worker: FLORIST_EXECUTION_PROVIDER [^\n]*\n$/);
});

t.test('a worker without a Redis to share says what it needs', async (t) => {
  const { code, stderr } = await run({});
  t.equal(code, 1);
  t.match(stderr, /^florist worker: REDIS_URL must be set[^\n]*\n$/);
});

t.test('blobs in a place that does not work stop the worker with one line', async (t) => {
  const { code, stderr } = await run({ REDIS_URL: 'redis://127.0.0.1:1', FLORIST_BLOB_URL: 's3://bucket/x' });
  t.equal(code, 1);
  t.match(stderr, /^florist worker: FLORIST_BLOB_URL [^\n]*\n$/);
});

t.test(
  'CUDA that is asked for by name and not there stops the worker with one line',
  { skip: existsSync(CUDA_LIBRARY) },
  async (t) => {
    const { code, stderr } = await run({
      FLORIST_EXECUTION_PROVIDER: 'cuda',
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    t.equal(code, 1);
    t.match(
      stderr,
      /^florist worker: FLORIST_EXECUTION_PROVIDER is cuda, but CUDA is not available: [^\n]*\n$/,
    );
  },
);
