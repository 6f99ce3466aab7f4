import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { makeAdapter } from './fixtures/makeAdapter.js';
import { OPERATOR_TOKEN, openServices } from './fixtures/openServices.js';
import { isBuilt, startProcess } from './fixtures/startProcess.js';
import { startServer } from './fixtures/startServer.js';

const SCRIPT = fileURLToPath(new URL('../../openapi/smoke.sh', import.meta.url));
const WORKER = 'worker/dist/main.js';

function runScript(...args: string[]): Promise<{ exit: number; output: string }> {
  return new Promise((resolve) => {
    execFile('sh', [SCRIPT, ...args], { env: { PATH: process.env.PATH ?? '' } }, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

t.test('the curl script', async (t) => {
  const dir = t.testdir({});
  const { env, close } = await openServices(dir);
  t.teardown(close);
  const { base } = await startServer(t, env);
  const folder = join(dir, 'adapters');
  for (const [index, rank] of [4, 4, 8, 16].entries()) {
    const { config, adapter } = makeAdapter({ rank, seed: index });
    await mkdir(join(folder, `Client_${index}`), { recursive: true });
    await writeFile(join(folder, `Client_${index}`, 'adapter_config.json'), JSON.stringify(config));
    await writeFile(join(folder, `Client_${index}`, 'adapter_model.safetensors'), adapter);
  }

  t.test('drives a whole round against the real api and worker', { skip: !isBuilt(WORKER) }, async (t) => {
    startProcess(t, WORKER, env);
    const { exit, output } = await runScript(base, OPERATOR_TOKEN, folder);
    t.equal(exit, 0, output);
    t.match(output, /Everything went as expected\.\n$/);
  });

  t.test('fails when something is not as it should be', async (t) => {
    const { exit, output } = await runScript(base, 'wrong-token', folder);
    t.equal(exit, 1);
    t.match(output, /FAILED: .* answered 401 instead of 201/);
    t.equal((await runScript(base, OPERATOR_TOKEN, join(dir, 'nothing'))).exit, 1);
    t.equal((await runScript('http://127.0.0.1:1', OPERATOR_TOKEN, folder)).exit, 1);
    t.equal((await runScript(base)).exit, 2);
  });
});
