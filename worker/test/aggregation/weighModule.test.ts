import { measureModule } from '@florist/core/florist/measureModule';
import { referenceKernel } from '@florist/core/kernel/referenceKernel';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import { clientProducts, productOf } from '@florist/core/weighting/clientProducts';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import { ADAPTER_FILE, CONFIG_FILE } from '@florist/storage/blobs/keys';
import t, { type Test } from 'tap';
import { findModule } from '../../src/aggregation/findModule.js';
import { inTurn } from '../../src/aggregation/inTurn.js';
import { moduleSource } from '../../src/aggregation/moduleSource.js';
import { readRoundClients } from '../../src/aggregation/readRoundClients.js';
import { weighModule } from '../../src/aggregation/weighModule.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';

const [first = '', second = ''] = moduleNames(2);
const SHAPE = [6, 5] as const;

/** Clients of the given ranks, on disk; every third lacks the second module. */
async function roundOf(t: Test, ranks: readonly number[]) {
  const blobs = await folderBlobs(t.testdir());
  const places = await Promise.all(
    ranks.map(async (rank, k) => {
      const modules = k % 3 === 2 ? [first] : [first, second];
      const upload = randomUpload(`c${k}`, modules, SHAPE, rank, 'F32');
      await blobs.write(`c${k}/${ADAPTER_FILE}`, upload.adapter);
      await blobs.write(`c${k}/${CONFIG_FILE}`, upload.config);
      return { receipt: { client: `c${k}`, numExamples: 1 }, blob: `c${k}/` };
    }),
  );
  return { blobs, kernel: referenceKernel, clients: await readRoundClients(blobs, places) };
}

t.test('groups of clients give the products of the whole stack, placed by who has the module', async (t) => {
  // 12 × 200 is more than two groups hold
  const { blobs, kernel, clients } = await roundOf(t, Array<number>(12).fill(200));
  const triangle = clientProducts('triangle', clients.length);
  const diagonal = clientProducts('diagonal', clients.length);
  const sums = new Float64Array(clients.length ** 2);
  for (const module of [first, second]) {
    await weighModule({ blobs, kernel, inTurn: inTurn() }, clients, module, triangle);
    await weighModule({ blobs, kernel, inTurn: inTurn() }, clients, module, diagonal);
    const holders = clients.flatMap(({ modules }, k) => (modules.has(module) ? [k] : []));
    const source = moduleSource(blobs, findModule(clients, module));
    const { clientProducts: whole = [] } = await measureModule(kernel, source);
    for (const [i, row] of holders.entries()) {
      for (const [j, col] of holders.entries()) {
        const at = row * clients.length + col;
        sums[at] = (sums[at] ?? 0) + (whole[i * holders.length + j] ?? 0);
      }
    }
  }
  const scale = Math.max(...sums);
  for (const i of clients.keys()) {
    t.ok(Math.abs(productOf(diagonal, i, i) - (sums[i * clients.length + i] ?? 0)) < 1e-12 * scale);
    for (const j of clients.keys()) {
      const off = Math.abs(productOf(triangle, i, j) - (sums[i * clients.length + j] ?? 0));
      if (off > 1e-12 * scale) t.fail(`clients ${i} and ${j} are off by ${off}`);
    }
  }
  t.throws(() => productOf(diagonal, 1, 0), /only norms/);
});

t.test(
  'a norm that cancellation hides is infinite, so that every robust policy drops its client',
  async (t) => {
    const { blobs, kernel } = await roundOf(t, []);
    const [m, n] = SHAPE;
    const honest = randomUpload('c0', [first], SHAPE, 2, 'F32');
    const a = Float32Array.from({ length: 2 * n }, (_, i) => (i % n) + 1);
    const b = Float32Array.from({ length: m * 2 }, (_, i) => (i % 2 === 0 ? 1e9 : -1e9));
    const header = encodeHeader([
      { name: `base_model.model.${first}.lora_A.weight`, dtype: 'F32', shape: [2, n] },
      { name: `base_model.model.${first}.lora_B.weight`, dtype: 'F32', shape: [m, 2] },
    ]);
    const hidden = Buffer.concat([header, Buffer.from(a.buffer), Buffer.from(b.buffer)]);
    const places = [honest.adapter, hidden].map(async (adapter, k) => {
      await blobs.write(`c${k}/${ADAPTER_FILE}`, adapter);
      await blobs.write(`c${k}/${CONFIG_FILE}`, honest.config);
      return { receipt: { client: `c${k}`, numExamples: 1 }, blob: `c${k}/` };
    });
    const clients = await readRoundClients(blobs, await Promise.all(places));
    for (const kind of ['triangle', 'diagonal'] as const) {
      const products = clientProducts(kind, 2);
      await weighModule({ blobs, kernel, inTurn: inTurn() }, clients, first, products);
      t.ok(Number.isFinite(productOf(products, 0, 0)));
      t.equal(productOf(products, 1, 1), Number.POSITIVE_INFINITY, kind);
    }
  },
);
