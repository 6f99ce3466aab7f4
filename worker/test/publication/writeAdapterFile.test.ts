import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { parseHeader } from '@florist/core/safetensors/parseHeader';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import t from 'tap';
import { type LocatedModule, writeAdapterFile } from '../../src/publication/writeAdapterFile.js';
import { moduleReport } from '../fixtures/moduleReport.js';

/** The file as a blob of its own. */
async function writeAdapter(blobs: Blobs, key: string, modules: readonly LocatedModule[]) {
  const draft = await blobs.begin();
  try {
    const written = await writeAdapterFile(blobs, draft, modules, 'F16');
    await draft.commit(key);
    return written;
  } finally {
    await draft.abort();
  }
}

/** A module of shape 3 × 5 at rank 2, whose A and B fill [begin, begin + 32) of `key`. */
function module(name: string, key: string, begin: number): LocatedModule {
  const report = moduleReport({ name, shape: [3, 5], rank: 2 });
  const middle = begin + 2 * 5 * 2;
  return { report, clients: [0], key, a: { begin, end: middle }, b: { begin: middle, end: middle + 12 } };
}

t.test('joins parts in the order given, with the hash and size of what lies on disk', async (t) => {
  const blobs = await folderBlobs(t.testdir());
  const one = Uint8Array.from({ length: 64 }, (_, i) => i);
  const two = Uint8Array.from({ length: 32 }, (_, i) => 100 + i);
  await blobs.write('parts/one.bin', one);
  await blobs.write('parts/two.bin', two);
  const modules = [
    module('layer.0.q', 'parts/one.bin', 32),
    module('layer.0.v', 'parts/two.bin', 0),
    module('layer.1.q', 'parts/one.bin', 0),
  ];
  const written = await writeAdapter(blobs, 'out/adapter.safetensors', modules);
  const bytes = await blobs.read('out/adapter.safetensors', 0, written.bytes);
  t.equal((await blobs.stat('out/adapter.safetensors'))?.bytes, written.bytes);
  t.equal(createHash('sha256').update(bytes).digest('hex'), written.sha256);
  const header = parseHeader(bytes, written.bytes);
  t.strictSame(
    header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape]),
    modules.flatMap(({ report: { name } }) => [
      [`base_model.model.${name}.lora_A.weight`, 'F16', [2, 5]],
      [`base_model.model.${name}.lora_B.weight`, 'F16', [3, 2]],
    ]),
  );
  const data = bytes.subarray(header.dataStart);
  t.strictSame(new Uint8Array(data), Uint8Array.of(...one.subarray(32), ...two, ...one.subarray(0, 32)));
});

t.test('a module of many megabytes is copied in pieces', async (t) => {
  const blobs = await folderBlobs(t.testdir());
  const [rank, m, n] = [64, 20_001, 30_003];
  const part = randomBytes(8 + 2 * rank * (m + n));
  await blobs.write('parts/large.bin', part);
  const middle = 8 + 2 * rank * n;
  const a = { begin: 8, end: middle };
  const b = { begin: middle, end: part.byteLength };
  const report = moduleReport({ name: 'q', shape: [m, n], rank });
  const large = { report, clients: [0], key: 'parts/large.bin', a, b };
  const { sha256, bytes } = await writeAdapter(blobs, 'out/large', [large]);
  const file = await blobs.read('out/large', 0, bytes);
  t.ok(part.subarray(8).equals(file.subarray(parseHeader(file, bytes).dataStart)));
  t.equal(createHash('sha256').update(file).digest('hex'), sha256);
});

t.test('a part that is gone leaves no adapter behind', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root);
  await t.rejects(writeAdapter(blobs, 'out/x', [module('q', 'parts/gone.bin', 0)]), {
    name: 'BlobMissing',
  });
  t.equal(await blobs.stat('out/x'), undefined);
  t.strictSame(await readdir(`${root}/tmp`), []);
});
