import { createHash } from 'node:crypto';
import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { heldModule } from '@florist/core/florist/heldModule';
import type { ModuleClient } from '@florist/core/florist/moduleReport';
import { factorNames } from '@florist/core/peft/factorNames';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { readConfig } from '@florist/core/peft/readConfig';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import { parseHeader } from '@florist/core/safetensors/parseHeader';
import { isShared } from '@florist/core/schemas/aggregation';
import type { Lineage } from '@florist/core/schemas/lineage';
import t from 'tap';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';
import { publishedFile } from '../fixtures/published.js';
import {
  aggregate,
  collect,
  ended,
  goldenUploads,
  roundWhen,
  startService,
  type Upload,
} from '../fixtures/service.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(120_000);
const service = await startService(t);
await startWorkerProcess(t, service.env);

/** Makes the adapter again with nothing but its lineage and a heap of files, known by their digests. */
async function remake(lineage: Lineage, files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const [engine] = lineage.engines;
  const { method, rank, dtype } = lineage.aggregation;
  if (engine === undefined || isShared(rank)) throw new Error('not of this test');
  const fileOf = (sha256: string) => Buffer.from(files.get(sha256) ?? new Uint8Array());
  const clients = lineage.clients.map(({ sha256, configSha256, weight }) => {
    const file = fileOf(sha256);
    const config = readConfig(JSON.parse(fileOf(configSha256).toString()));
    return { weight, file, modules: readAdapter(parseHeader(file, file.byteLength), config).modules };
  });
  const names = [...new Set(clients.flatMap(({ modules }) => modules.map(({ name }) => name)))].sort();
  const kernel = openOnnxKernel(engine.provider === 'cuda' ? 'cuda' : 'cpu', engine.threads);
  const tensors: { name: string; dtype: string; shape: number[] }[] = [];
  const data: Uint8Array[] = [];
  for (const name of names) {
    const stacked = clients.flatMap(({ weight, file, modules }): ModuleClient[] => {
      const module = modules.find((each) => each.name === name);
      if (module === undefined) return [];
      const raw = ({ dtype, rows, cols, begin, end }: typeof module.a) => ({
        ...{ dtype, rows, cols },
        bytes: Uint8Array.from(file.subarray(begin, end)),
      });
      const { scale, rank } = module;
      return [{ weight, scale, rank, a: raw(module.a), b: raw(module.b) }];
    });
    const shape = clients.flatMap(({ modules }) => modules).find((each) => each.name === name)?.shape ?? [
      0, 0,
    ];
    const source = heldModule({ name, shape, clients: stacked });
    const made = await aggregateModule(kernel, source, { method, rank, dtype });
    const [m, n] = shape;
    tensors.push({ name: factorNames(name).a, dtype, shape: [made.report.rank, n] });
    tensors.push({ name: factorNames(name).b, dtype, shape: [m, made.report.rank] });
    data.push(made.a, made.b);
  }
  await kernel.close();
  return Buffer.concat([encodeHeader(tensors), ...data]);
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function heapOf(uploads: readonly Upload[]): Map<string, Uint8Array> {
  return new Map(
    uploads.flatMap(({ adapter, config }) => [adapter, config]).map((file) => [digest(file), file]),
  );
}

for (const name of ['heterogeneous', 'mixed-scaling', 'degenerate']) {
  t.test(`the ${name} clients and the lineage give the published bytes`, async (t) => {
    const uploads = await goldenUploads(name);
    await collect(service, name, uploads, { rank: { policy: 'energy', tau: 0.93 }, dtype: 'BF16' });
    await aggregate(service, name);
    const { adapter, closedAt } = await roundWhen(service, name, ended);
    const lineage: Lineage = JSON.parse((await publishedFile(service, name, 'lineage.json')).toString());
    t.match(lineage, {
      ...{ federation: name, round: 1, adapter: 'a1', attempts: 1, requestedAt: closedAt },
      aggregation: { method: 'florist', rank: { policy: 'energy', tau: 0.93 }, dtype: 'BF16' },
      engines: [
        {
          florist: /^\d+\.\d+\.\d+/,
          onnxruntime: /^1\./,
          provider: 'cpu',
          threads: Number,
          arch: process.arch,
        },
      ],
      result: { sha256: adapter?.result?.sha256, bytes: adapter?.result?.bytes },
    });
    t.strictSame(
      lineage.clients.map(({ client, sha256, bytes, numExamples }) => ({
        client,
        sha256,
        bytes,
        numExamples,
      })),
      uploads.map(({ client, adapter, numExamples }) => ({
        ...{ client, sha256: digest(adapter), bytes: adapter.byteLength, numExamples },
      })),
    );
    t.ok(Math.abs(lineage.clients.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
    const made = await remake(lineage, heapOf(uploads));
    t.equal(digest(made), lineage.result.sha256);
    t.ok(made.equals(await publishedFile(service, name, 'adapter_model.safetensors')));
    const config = await publishedFile(service, name, 'adapter_config.json');
    t.equal(digest(config), lineage.result.configSha256);
  });
}
