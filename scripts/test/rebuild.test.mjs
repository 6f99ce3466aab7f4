// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { openApi } from '../demo/openApi.mjs';
import { makeFiles } from '../load/makeFiles.mjs';
import { formOf } from '../load/uploadAll.mjs';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { inRoot } from '../processes/root.mjs';
import { awaitEvent } from '../service/awaitEvent.mjs';
import { startService } from '../service/startService.mjs';

const FEDERATION = '/v1/federations/lost';
const ROUND = `${FEDERATION}/rounds/1`;

/** @param {NodeJS.ProcessEnv} env */
async function open(env) {
  const service = await startService(env, { headless: true });
  return { ...service, api: openApi(service.url, service.operator.token) };
}

/**
 * A federation with one published round of one client.
 *
 * @param {Awaited<ReturnType<typeof open>>} service
 */
async function publish({ url, api, operator }) {
  await api.json('POST', '/v1/federations', { name: 'lost', rounds: { minSubmissions: 1 } });
  const { token } = await api.json('PUT', `${FEDERATION}/clients/device-0`);
  await api.json('POST', `${FEDERATION}/rounds`);
  const { headers, body } = formOf(makeFiles(1), 0);
  const answer = await fetch(`${url}${ROUND}/submissions/device-0`, {
    method: 'PUT',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: Buffer.concat(body),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  const ends = ['round.published', 'round.failed'];
  const { arrived } = await awaitEvent(`${url}${FEDERATION}/events`, operator.token, ends);
  await api.json('POST', `${ROUND}/close`);
  await arrived;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 */
async function run(env, ...args) {
  const program = promisify(execFile)(process.execPath, [inRoot('scripts', 'rebuild.mjs'), ...args], { env });
  const { stdout } = await program;
  return stdout;
}

t.test('a service whose Redis is lost is as it was once its ledger is rebuilt', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'florist-rebuild-'));
  t.teardown(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const env = { ...process.env, ...cleanEnvironment(), PORT: '0', FLORIST_DATA_DIR: dataDir };
  const first = await open(env);
  t.teardown(() => first.stop());
  await publish(first);
  const round = await first.api.json('GET', ROUND);
  const submissions = await first.api.json('GET', `${ROUND}/submissions`);
  const adapter = await first.api.bytes(`${ROUND}/adapter/adapter_model.safetensors`);
  t.match([round.state, round.submissionCount], ['published', 1]);
  await t.rejects(run(env), { code: 1, stderr: /is in use by process/ }, 'not while the service runs');
  await first.stop();

  await rm(join(dataDir, 'redis'), { recursive: true });
  const before = readdirSync(dataDir).sort();
  const row = /lost +1 +1 +1 +1 +0/;
  const dry = await run(env, '--dry-run');
  t.match(dry, row);
  t.match(dry, /Nothing was changed\./);
  t.strictSame(readdirSync(dataDir).sort(), before, 'nor is anything left');
  const mistyped = { ...env, FLORIST_DATA_DIR: `${dataDir}-else` };
  await t.rejects(run(mistyped, '--dry-run'), { code: 1, stderr: /holds no blobs: set FLORIST_DATA_DIR/ });
  t.notOk(existsSync(mistyped.FLORIST_DATA_DIR));
  t.match(await run(env), row, 'so it could be restored once more');
  await t.rejects(run(env), { code: 1, stderr: /The ledger is not empty/ }, 'but not over what is there');

  const again = await open(env);
  t.teardown(() => again.stop());
  const found = await again.api.json('GET', ROUND);
  t.strictSame(await again.api.json('GET', `${ROUND}/submissions`), submissions);
  t.match(found, { state: 'published', submissionCount: 1, adapter: { id: round.adapter.id } });
  t.strictSame(await again.api.bytes(`${ROUND}/adapter/adapter_model.safetensors`), adapter);
});
