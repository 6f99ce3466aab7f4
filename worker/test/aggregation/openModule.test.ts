import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { fromFloats } from '@florist/core/kernel/convert';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import t from 'tap';
import { bufferPool } from '../../src/aggregation/bufferPool.js';
import { openModule } from '../../src/aggregation/openModule.js';
import { readRoundClients } from '../../src/aggregation/readRoundClients.js';
import type { RoundClient } from '../../src/aggregation/roundClient.js';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';

type Tensor = { name: string; dtype: 'F32' | 'F16'; shape: [number, number]; values: number[] };

/** An adapter file; `padding` bytes of metadata make its header as long as wanted. */
function adapterFile(tensors: Tensor[], padding = 0): Uint8Array {
  const header = encodeHeader(tensors, { format: 'pt', note: 'x'.repeat(padding) });
  return Buffer.concat([
    header,
    ...tensors.map(({ values, dtype }) => fromFloats(Float64Array.from(values), dtype)),
  ]);
}

function factors(module: string, dtype: 'F32' | 'F16', rank: number, first: number): Tensor[] {
  const values = Array.from({ length: rank * 2 }, (_, i) => first + i);
  const name = `base_model.model.${module}`;
  return [
    { name: `${name}.lora_A.weight`, dtype, shape: [rank, 2], values },
    { name: `${name}.lora_B.weight`, dtype, shape: [2, rank], values: values.map((value) => -value) },
  ];
}

function record(client: string, numExamples: number) {
  return { receipt: { client, numExamples }, blob: `${client}/` };
}

async function round(
  t: Tap,
  submissions: Record<string, { tensors: Tensor[]; r: number; padding?: number }>,
) {
  const blobs = await folderBlobs(t.testdir());
  for (const [client, { tensors, r, padding }] of Object.entries(submissions)) {
    await blobs.write(`${client}/adapter_model.safetensors`, adapterFile(tensors, padding));
    const config = { peft_type: 'LORA', r, lora_alpha: 4, task_type: 'CAUSAL_LM' };
    await blobs.write(`${client}/adapter_config.json`, Buffer.from(JSON.stringify(config)));
  }
  const records = Object.keys(submissions).map((client, k) => record(client, k + 1));
  return { blobs, clients: await readRoundClients(blobs, records) };
}

/** A module with all its factors. */
async function open(...[blobs, clients, name]: [Blobs, readonly RoundClient[], string]) {
  const { source } = await openModule(blobs, bufferPool(), clients, name);
  const pairs = await source.read(0, source.shares.length);
  const shares = source.shares.map(({ weight, scale, rank }) => ({ weight, scale, rank }));
  return { shape: source.shape, shares, pairs };
}

t.test('weighs clients by their share of all examples, also of those that lack a module', async (t) => {
  const { blobs, clients } = await round(t, {
    ann: { tensors: factors('q', 'F32', 1, 1), r: 1 },
    bob: { tensors: factors('v', 'F32', 1, 5), r: 1 },
    eve: { tensors: factors('q', 'F16', 2, 9), r: 2 },
  });
  const input = await open(blobs, clients, 'q');
  t.strictSame(input.shape, [2, 2]);
  t.strictSame(input.shares, [
    { weight: 1 / 6, scale: 4, rank: 1 },
    { weight: 3 / 6, scale: 2, rank: 2 },
  ]);
  const [, eve] = input.pairs;
  t.strictSame(new Uint8Array(eve?.a.bytes ?? []), fromFloats(Float64Array.of(9, 10, 11, 12), 'F16'));
  t.strictSame(new Uint8Array(eve?.b.bytes ?? []), fromFloats(Float64Array.of(-9, -10, -11, -12), 'F16'));
  t.equal(clients[0]?.taskType, 'CAUSAL_LM');
});

t.test('reads headers longer than the first read', async (t) => {
  const { blobs, clients } = await round(t, {
    ann: { tensors: factors('q', 'F32', 1, 1), r: 1, padding: 200_000 },
  });
  const input = await open(blobs, clients, 'q');
  t.strictSame(new Uint8Array(input.pairs[0]?.a.bytes ?? []), fromFloats(Float64Array.of(1, 2), 'F32'));
});

t.test('factors are aligned wherever they lie in their file', async (t) => {
  const odd = [...factors('a', 'F16', 1, 1), ...factors('q', 'F32', 1, 3)];
  const first = odd[0];
  if (first === undefined) throw new Error('no tensor');
  // three half elements in front of the float ones put those at an odd multiple of two bytes
  const tensors = [{ ...first, shape: [1, 3] as [number, number], values: [1, 2, 3] }, ...odd.slice(1)];
  const { blobs, clients } = await round(t, { ann: { tensors, r: 1 } });
  t.equal((clients[0]?.modules.get('q')?.a.begin ?? 0) % 4, 2, 'the file is as meant');
  const input = await open(blobs, clients, 'q');
  for (const { a, b } of input.pairs) t.strictSame([a.bytes.byteOffset % 4, b.bytes.byteOffset % 4], [0, 0]);
});

t.test('factors are the same in whatever order a file has them', async (t) => {
  const [a, b] = factors('q', 'F32', 2, 1);
  const [c, d] = factors('v', 'F32', 2, 9);
  if (!(a && b && c && d)) throw new Error('no tensor');
  for (const tensors of [
    [a, b, c, d],
    [b, a, d, c],
    [a, c, b, d],
  ]) {
    const { blobs, clients } = await round(t, { ann: { tensors, r: 2 } });
    const { pairs } = await open(blobs, clients, 'q');
    t.strictSame(new Uint8Array(pairs[0]?.a.bytes ?? []), fromFloats(Float64Array.of(1, 2, 3, 4), 'F32'));
    t.strictSame(new Uint8Array(pairs[0]?.b.bytes ?? []), fromFloats(Float64Array.of(-1, -2, -3, -4), 'F32'));
  }
});

t.test('a module that nobody has and a file that is gone are faults', async (t) => {
  const { blobs, clients } = await round(t, { ann: { tensors: factors('q', 'F32', 1, 1), r: 1 } });
  await t.rejects(openModule(blobs, bufferPool(), clients, 'k'), /no file holds the module k/);
  await t.rejects(readRoundClients(blobs, [record('gone', 1)]), { name: 'BlobMissing' });
});

t.test('a stack larger than ΔW is read client by client, any other at once', async (t) => {
  const crowd = (rank: number) =>
    Object.fromEntries(
      Array.from({ length: 40 }, (_, k) => [
        `client-${k}`,
        { tensors: factors('q', 'F16', rank, k - 20), r: rank },
      ]),
    );
  const plan = { method: 'florist', rank: { policy: 'energy', tau: 0.99 }, dtype: 'F32' } as const;
  const kernel = openOnnxKernel('cpu', 2);
  t.teardown(() => kernel.close());
  for (const [rank, path, reads] of [
    [16, 'update', 40],
    [12, 'gram', 0],
  ] as const) {
    const { blobs, clients } = await round(t, crowd(rank));
    let count = 0;
    const counted: Blobs = {
      ...blobs,
      readInto(...range) {
        count += 1;
        return blobs.readInto(...range);
      },
    };
    const { source } = await openModule(counted, bufferPool(), clients, 'q');
    const before = count;
    const { report } = await aggregateModule(kernel, source, plan);
    t.match(report, { path, stackedRank: 40 * rank });
    t.ok(count - before >= 2 * reads && (reads > 0 || count === before), `${count - before} reads`);
  }
});

type Tap = { testdir(): string };
