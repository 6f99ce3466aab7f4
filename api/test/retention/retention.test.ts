import { readdir } from 'node:fs/promises';
import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { submissionForm } from '../fixtures/encodeForm.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { playRound } from '../fixtures/playRound.js';
import { randomAdapter } from '../fixtures/randomAdapter.js';
import { startApi } from '../fixtures/startApi.js';
import { startProcess } from '../fixtures/startProcess.js';
import { submitForm } from '../fixtures/submit.js';

const MODULES = Array.from({ length: 12 }, (_, layer) => `model.layers.${layer}.self_attn.q_proj`);

t.setTimeout(120_000);
const api = await startApi(t);
const worker = startProcess(t, 'worker/dist/main.js', api.env);
await worker.says(/worker ready/);
const path = '/v1/federations/demo';

async function playRounds(
  federation: string,
  rounds: number,
  body: object = {},
): Promise<Record<string, string>> {
  const tokens = await openFederation(api, federation, ['north', 'south'], body);
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) await api.call('POST', `/v1/federations/${federation}/rounds`);
    const made = (seed: number) => randomAdapter({ modules: MODULES, rank: 3, seed: 10 * round + seed });
    await playRound(api, federation, round, { north: { made: made(1) }, south: { made: made(2) } });
  }
  return tokens;
}

async function sizeOf(prefix: string): Promise<number> {
  const { blobs } = api.services;
  let bytes = 0;
  for await (const key of blobs.list(prefix)) bytes += (await blobs.stat(key))?.bytes ?? 0;
  return bytes;
}

t.test('frees what it says, and says of what is gone that it is gone', async (t) => {
  const tokens = await playRounds('demo', 3, { retention: { submissionRounds: 1 } });
  t.strictSame((await api.call('GET', path)).json.retention, { submissionRounds: 1 });
  await api.call('PATCH', path, { body: { retention: { adapterRounds: 1 } } });
  const before = await sizeOf(federationFolder('demo'));
  const dry = await api.call('POST', `${path}/retention?dryRun=true`);
  t.match(dry.json, { dryRun: true, submissionRounds: [1, 2], adapterRounds: [1, 2] });
  t.equal(await sizeOf(federationFolder('demo')), before);
  const { status, json } = await api.call('POST', `${path}/retention`);
  t.equal(status, 200);
  t.strictSame(json, { ...dry.json, dryRun: false });
  t.match(json.freed, { submissions: 4, adapters: 2, sums: 0, uploads: 0 });
  t.equal(before - (await sizeOf(federationFolder('demo'))), json.freed.bytes);

  isProblem(t, await api.call('GET', `${path}/rounds/1/adapter/adapter_model.safetensors`), 'adapter_gone');
  isProblem(t, await api.call('GET', `${path}/rounds/2/adapter/adapter_config.json`), 'adapter_gone');
  isProblem(t, await api.call('GET', `${path}/adapter/adapter_model.safetensors?since=0`), 'adapter_gone');
  t.equal((await api.call('GET', `${path}/adapter/adapter_model.safetensors?since=2`)).status, 200);
  const body = { aggregation: { method: 'fedit' } };
  isProblem(t, await api.call('POST', `${path}/rounds/1/adapters`, { body }), 'submissions_gone');
  isProblem(t, await api.call('POST', `${path}/rounds/1/adapters/a1/promote`), 'adapter_gone');
  for (const kept of [
    'spectrum',
    'comparison',
    'similarity',
    'adapter/lineage',
    'submissions',
    'submissions/north',
  ]) {
    t.equal((await api.call('GET', `${path}/rounds/1/${kept}`)).status, 200, kept);
  }
  const round = (await api.call('GET', `${path}/rounds/1`, { token: tokens.north ?? '' })).json;
  t.match(round, { state: 'published', submissionsDeletedAt: /Z$/, adapter: { filesDeletedAt: /Z$/ } });
  const [lineage, receipt] = [
    (await api.call('GET', `${path}/rounds/1/adapter/lineage`)).json,
    (await api.call('GET', `${path}/rounds/1/submissions/south`)).json,
  ];
  t.equal(lineage.clients[1].sha256, receipt.sha256, 'the lineage still names what is deleted');
  t.match((await api.call('POST', `${path}/retention`)).json.freed, { bytes: 0 }, 'and nothing more to free');
});

t.test('refuses a policy that keeps nothing, and a query that is none', async (t) => {
  for (const retention of [{ submissionRounds: 0 }, { adapterRounds: 1.5 }, { rounds: 3 }]) {
    isProblem(t, await api.call('PATCH', path, { body: { retention } }), 'request_invalid');
  }
  isProblem(t, await api.call('POST', `${path}/retention?dry=1`), 'request_invalid');
  isProblem(t, await api.call('POST', '/v1/federations/none/retention'), 'federation_not_found');
});

t.test('a federation that is deleted leaves no key and no file, whatever is under way', async (t) => {
  const { redis } = api.services.ledger;
  await playRounds('doomed', 3);
  const doomed = '/v1/federations/doomed';
  for (const tau of [1, 0.9, 0.8, 0.7, 0.6]) {
    await api.call('GET', `${doomed}/adapter/adapter_model.safetensors?since=0&tau=${tau}`);
  }
  await api.call('POST', `${doomed}/rounds`);
  const made = randomAdapter({ modules: MODULES, rank: 3, seed: 5 });
  await submitForm(api, `${doomed}/rounds/4/submissions/north`, submissionForm(made));
  await api.call('POST', `${doomed}/rounds/4/close`);
  await api.call('POST', `${doomed}/rounds/4/cancel`);
  t.equal((await api.call('DELETE', doomed)).status, 204);
  const settled = Date.now() + 30_000;
  const left = async () => [
    ...(await redis.keys('*doomed*')),
    ...(await redis.smembers('florist:summing')).filter((member) => member.startsWith('doomed/')),
    ...(await redis.smembers('florist:removals')).filter((member) => member === 'doomed'),
    ...(await redis.smembers('florist:aggregating')).filter((member) => member.startsWith('doomed/')),
    ...((await foldersOf()).includes('doomed') ? ['files'] : []),
  ];
  while ((await left()).length > 0 && Date.now() < settled) await new Promise((next) => setTimeout(next, 50));
  t.strictSame(await left(), []);
});

t.test('with no worker to clean up after itself, deleting removes the jobs', async (t) => {
  const { redis } = api.services.ledger;
  await playRounds('quiet', 2);
  await worker.stop();
  await api.call('GET', '/v1/federations/quiet/adapter/adapter_model.safetensors?since=0');
  await api.call('POST', '/v1/federations/quiet/rounds');
  const made = randomAdapter({ modules: MODULES, rank: 3, seed: 5 });
  await submitForm(api, '/v1/federations/quiet/rounds/3/submissions/north', submissionForm(made));
  await api.call('POST', '/v1/federations/quiet/rounds/3/close');
  await api.call('POST', '/v1/federations/quiet/rounds/3/cancel');
  t.ok((await redis.keys('*:queue:*quiet*')).length > 0, 'there are jobs');
  t.equal((await api.call('DELETE', '/v1/federations/quiet')).status, 204);
  t.strictSame(await redis.keys('*quiet*'), []);
  t.notOk((await foldersOf()).includes('quiet'));
});

async function foldersOf(): Promise<string[]> {
  return readdir(`${api.env.FLORIST_DATA_DIR}/blobs/federations`).catch(() => []);
}
