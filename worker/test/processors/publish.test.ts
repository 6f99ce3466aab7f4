import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { ModuleSpectrum } from '@florist/core/schemas/spectrum';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { requestAdapter } from '@florist/storage/adapters/requestAdapter';
import { enqueueAggregation } from '@florist/storage/queue/enqueueAggregation';
import t, { type Test } from 'tap';
import { readTensors } from '../../src/check/readTensors.js';
import { endedAdapter } from '../fixtures/endedAdapter.js';
import { errorOf, find, publishedFile } from '../fixtures/published.js';
import {
  aggregate,
  collect,
  ended,
  goldenUploads,
  roundWhen,
  type Service,
  startService,
} from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

const TAU = 0.95;

interface Expected {
  modules: Record<
    string,
    {
      shape: number[];
      stackedRank: number;
      energy: number;
      singularValues: number[];
      rankAt: Record<string, number>;
    }
  >;
}

t.setTimeout(60_000);
const service: Service = await startService(t);
await startWorkerProcess(t, service.env);

for (const name of ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate']) {
  t.test(`publishes what FLoRIST must make of the ${name} clients`, async (t) => {
    await collect(service, name, await goldenUploads(name), { rank: { policy: 'energy', tau: TAU } });
    await aggregate(service, name);
    const round = await roundWhen(service, name, ended);
    t.equal(round.state, 'published');
    const folder = new URL(`../../../core/test/golden/${name}/`, import.meta.url);
    const expected: Expected = JSON.parse(await readFile(new URL('expected.json', folder), 'utf8'));
    const deltas = readTensors(await readFile(new URL('delta_w.safetensors', folder)));
    const file = await publishedFile(service, name, 'adapter_model.safetensors');
    const tensors = readTensors(file);
    const config = JSON.parse((await publishedFile(service, name, 'adapter_config.json')).toString());
    t.equal(config.base_model_name_or_path, 'golden/tiny', 'which all clients named');
    let totalRank = 0;
    for (const [module, { energy, singularValues, rankAt }] of Object.entries(expected.modules)) {
      const rank = Math.max(1, rankAt[TAU] ?? 0);
      totalRank += rank;
      t.strictSame(find(tensors, `base_model.model.${module}.lora_A.weight`).shape[0], rank);
      t.equal(config.rank_pattern[module], rank);
      const tail = singularValues.slice(rank).reduce((sum, sigma) => sum + sigma * sigma, 0);
      const error = errorOf(tensors, module, find(deltas, module));
      // by Eckart and Young nothing of that rank comes closer: what is beyond the tail is the adapter's own error
      const own = Math.sqrt(Math.abs(error * error - tail));
      t.ok(own <= 1e-5 * Math.sqrt(energy), `${module} off by ${own}`);
    }
    for (const [tensor, { values }] of tensors) t.ok(values.every(Number.isFinite), `${tensor} is finite`);
    t.match(round.adapter?.result, {
      sha256: createHash('sha256').update(file).digest('hex'),
      bytes: file.byteLength,
      totalRank,
      modules: Object.keys(expected.modules).length,
      executionProvider: 'cpu',
    });
    await checkReports(t, name, expected);
  });
}

async function checkReports(t: Test, federation: string, expected: Expected): Promise<void> {
  const spectrum: { tau?: number; modules: ModuleSpectrum[] } = JSON.parse(
    (await publishedFile(service, federation, 'spectrum.json')).toString(),
  );
  t.equal(spectrum.tau, TAU);
  t.strictSame(
    spectrum.modules.map(({ name }) => name),
    Object.keys(expected.modules).sort(),
  );
  const result: AdapterReport = JSON.parse(
    (await publishedFile(service, federation, 'result.json')).toString(),
  );
  t.strictSame(
    spectrum.modules.map(({ restEnergy, path, pathReason }) => ({ restEnergy, path, pathReason })),
    result.modules.map(({ restEnergy, path, pathReason }) => ({ restEnergy, path, pathReason })),
  );
  t.ok(spectrum.modules.every(({ restEnergy, path }) => restEnergy === 0 && path === 'gram'));
  for (const { name, clients, clientProducts, stackedRank } of result.modules) {
    t.equal(stackedRank, expected.modules[name]?.stackedRank);
    t.strictSame(clients, [...result.clients.keys()]);
    t.equal(clientProducts?.length, clients.length ** 2);
  }
}

t.test('a byte budget is spent over the whole adapter, in two phases', async (t) => {
  const uploads = await goldenUploads('heterogeneous');
  const bytes = 20_000;
  await collect(service, 'budget', uploads, { rank: { policy: 'budget', bytes }, dtype: 'F16' });
  await aggregate(service, 'budget');
  const { state, adapter } = await roundWhen(service, 'budget', ended);
  t.equal(state, 'published');
  const { parameters = 0, energyKept = 0 } = adapter?.result ?? {};
  const spectrum: { modules: ModuleSpectrum[] } = JSON.parse(
    (await publishedFile(service, 'budget', 'spectrum.json')).toString(),
  );
  const cheapest = Math.min(...spectrum.modules.map(({ shape: [m = 0, n = 0] }) => 2 * (m + n)));
  t.ok(
    2 * parameters <= bytes && 2 * parameters > bytes - cheapest,
    `${2 * parameters} of ${bytes} bytes used`,
  );
  const { shape, values } = find(
    readTensors(await publishedFile(service, 'budget', 'adapter_model.safetensors')),
    `base_model.model.${spectrum.modules[0]?.name}.lora_A.weight`,
  );
  t.equal(shape[0], spectrum.modules[0]?.rank);
  t.ok(values.every(Number.isFinite));
  t.ok(energyKept > 0.5 && energyKept < 1);
});

t.test('a total rank is spent over the whole adapter', async (t) => {
  const uploads = await goldenUploads('heterogeneous');
  await collect(service, 'total', uploads, { rank: { policy: 'total', totalRank: 30 } });
  await aggregate(service, 'total');
  const { state, adapter } = await roundWhen(service, 'total', ended);
  t.equal(state, 'published');
  t.equal(adapter?.result?.totalRank, 30);
  await collect(service, 'too-small', uploads, { rank: { policy: 'total', totalRank: 1 } });
  await aggregate(service, 'too-small');
  const failed = await roundWhen(service, 'too-small', ended);
  t.match(failed, { state: 'failed', error: { code: 'budget_too_small' } });
});

t.test('a module that one client lacks counts as zero for it', async (t) => {
  const [first = '', second = ''] = moduleNames(2);
  const both = randomUpload('both', [first, second], [12, 16], 4, 'F32');
  const one = randomUpload('one', [first], [12, 16], 2, 'F32');
  await collect(service, 'missing', [both, one], {
    missingModules: 'zero',
    rank: { policy: 'energy', tau: 1 },
  });
  await aggregate(service, 'missing');
  t.equal((await roundWhen(service, 'missing', ended)).state, 'published');
  const sent = readTensors(Buffer.from(both.adapter));
  const b = find(sent, `base_model.model.${second}.lora_B.weight`).values;
  const a = find(sent, `base_model.model.${second}.lora_A.weight`).values;
  // alpha / r = 2, and the client that has the module holds 40 of the 60 examples
  const scale = 2 * (40 / 60);
  const values = Float64Array.from({ length: 12 * 16 }, (_, at) => {
    const [i, j] = [Math.floor(at / 16), at % 16];
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += scale * (b[i * 4 + k] ?? 0) * (a[k * 16 + j] ?? 0);
    return sum;
  });
  const made = readTensors(await publishedFile(service, 'missing', 'adapter_model.safetensors'));
  const norm = Math.hypot(...values);
  t.ok(errorOf(made, second, { shape: [12, 16], values }) < 1e-5 * norm);
  const result: AdapterReport = JSON.parse(
    (await publishedFile(service, 'missing', 'result.json')).toString(),
  );
  t.strictSame(
    result.modules.map(({ clients }) => clients.map((index) => result.clients[index]?.client)),
    [['both', 'one'], ['both']],
  );
});

t.test('the same submissions give the same bytes', async (t) => {
  const hashes: (string | undefined)[] = [];
  for (const federation of ['once', 'again']) {
    await collect(service, federation, await goldenUploads('mixed-scaling'), { dtype: 'BF16' });
    await aggregate(service, federation);
    hashes.push((await roundWhen(service, federation, ended)).adapter?.result?.sha256);
  }
  t.type(hashes[0], 'string');
  t.equal(hashes[0], hashes[1]);
});

t.test('a round keeps several adapters, made in other ways from the same submissions', async (t) => {
  const { ledger, queues } = service;
  const derived = await requestAdapter(ledger, 'homogeneous', 1, { method: 'fedit' });
  await enqueueAggregation(queues, ledger, { federation: 'homogeneous', round: 1, adapter: derived.id });
  const adapter = await endedAdapter(service.ledger, 'homogeneous', 1, derived.id);
  t.equal(adapter.state, 'published');
  t.equal(adapter.result?.totalRank, 4 * 4, 'the largest client rank in each of four modules');
});

t.test('nothing but what was published is left behind', async (t) => {
  const { ledger } = service;
  for (const federation of ['homogeneous', 'budget']) {
    const { folder } = await publishedAdapter(ledger, federation, 1, 'a1');
    const kept: string[] = [];
    for await (const key of service.blobs.list(folder)) kept.push(key.slice(folder.length));
    t.strictSame(kept, [
      'adapter_config.json',
      'adapter_model.safetensors',
      'lineage.json',
      'result.json',
      'spectrum.json',
      'weights.json',
    ]);
  }
});
