import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { rebuildLedger } from '@florist/storage/rebuild/rebuildLedger';
import t from 'tap';
import { buildApp } from '../src/app.js';
import { submissionForm } from './fixtures/encodeForm.js';
import { openFederation } from './fixtures/openFederation.js';
import { OPERATOR_TOKEN, openServices } from './fixtures/openServices.js';
import { adapterPublished, playRound } from './fixtures/playRound.js';
import { randomAdapter } from './fixtures/randomAdapter.js';
import { startApi } from './fixtures/startApi.js';
import { startProcess } from './fixtures/startProcess.js';
import { submitForm } from './fixtures/submit.js';

const MODULES = ['model.layers.0.self_attn.q_proj', 'model.layers.1.self_attn.q_proj'];
const CLIENTS = Array.from({ length: 24 }, (_, index) => `c${index}`);
const path = '/v1/federations/demo';
const model = `${path}/rounds/1/adapter/adapter_model.safetensors`;

t.setTimeout(240_000);
const api = await startApi(t);

const made = (seed: number) => randomAdapter({ modules: MODULES, rank: 2, seed });

/** As docs/operations.md says, with a tool that every machine has; files that vanish meanwhile are no matter. */
async function backUp(from: string, to: string): Promise<void> {
  await mkdir(`${to}/blobs`, { recursive: true });
  for (const folder of ['records', 'federations'])
    spawnSync('cp', ['-a', `${from}/${folder}`, `${to}/blobs/`]);
}

t.test(
  'a copy made while a round runs, restored elsewhere, lacks nothing that was answered before',
  async (t) => {
    const worker = startProcess(t, 'worker/dist/main.js', api.env);
    await worker.says(/worker ready/);
    // on a busy machine the first second of a process may count as an overload
    while ((await api.call('GET', '/v1/federations')).status === 503) await pause(200);
    const tokens = await openFederation(api, 'demo', CLIENTS);
    await playRound(api, 'demo', 1, { c0: { made: made(1) }, c1: { made: made(2) } });
    const published = (await api.call('GET', model)).bytes;
    await api.call('POST', `${path}/rounds`);

    const answered: Record<string, unknown> = {};
    const sendAll = async () => {
      for (const [index, client] of CLIENTS.entries()) {
        const answer = await submitForm(
          api,
          `${path}/rounds/2/submissions/${client}`,
          submissionForm(made(index)),
        );
        t.equal(answer.status, 201);
        answered[client] = answer.json;
      }
    };
    const sending = sendAll();
    while (Object.keys(answered).length < 6) await pause(10);
    const before = { ...answered };
    const elsewhere = t.testdir({});
    await backUp(`${api.services.settings.dataDir}/blobs`, elsewhere);
    await sending;
    await worker.stop();

    const restored = await openServices(elsewhere);
    const { ledger, blobs } = restored.services;
    const [rebuilt] = await rebuildLedger(ledger, blobs);
    t.match(rebuilt, { federation: 'demo', clients: CLIENTS.length, rounds: 2, adapters: 1, problems: [] });
    const app = await buildApp(restored.services);
    t.teardown(async () => {
      await app.close();
      await restored.close();
    });
    const call = async (method: 'GET' | 'POST', url: string, token = OPERATOR_TOKEN) => {
      const headers = { authorization: `Bearer ${token}` };
      let response = await app.inject({ method, url, headers });
      while (response.statusCode === 503) {
        await pause(200);
        response = await app.inject({ method, url, headers });
      }
      return { status: response.statusCode, bytes: response.rawPayload, json: () => response.json() };
    };
    t.ok(published.equals((await call('GET', model, tokens.c0)).bytes), 'the adapter has the same bytes');
    for (const [client, receipt] of Object.entries(before)) {
      t.strictSame((await call('GET', `${path}/rounds/2/submissions/${client}`)).json(), receipt, client);
    }
    const again = startProcess(t, 'worker/dist/main.js', restored.env);
    await again.says(/worker ready/);
    t.equal((await call('POST', `${path}/rounds/2/close`)).status, 202);
    const answers = async (url: string) => {
      const { status, bytes, json } = await call('GET', url);
      return { status, headers: {}, text: bytes.toString(), bytes, json: json() };
    };
    await adapterPublished({ call: (_method, url) => answers(url) }, `${path}/rounds/2`, 'a1');
    t.equal((await call('POST', `${path}/rounds`)).json().number, 3);
    await again.stop();
  },
);
