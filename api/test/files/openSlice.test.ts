import { randomBytes } from 'node:crypto';
import { factorNames } from '@florist/core/peft/factorNames';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import { planSlice } from '@florist/core/slices/planSlice';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import { readTensorHeader } from '@florist/storage/blobs/readTensorHeader';
import t, { type Test } from 'tap';
import { openSlice } from '../../src/files/openSlice.js';
import { eventually } from '../fixtures/eventually.js';

const KEY = 'federations/demo/rounds/1/adapters/a1/1/adapter_model.safetensors';
const [RANK, KEPT, SIDE] = [8, 3, 40_000];

const tensors = ['layers.0.q_proj', 'layers.1.q_proj'].map(factorNames).flatMap(({ a, b }) => [
  { name: a, dtype: 'F32', shape: [RANK, SIDE] },
  { name: b, dtype: 'F32', shape: [SIDE, RANK] },
]);
const data = tensors.map(() => randomBytes(4 * RANK * SIDE));

/** Blobs that hold an adapter, and how to cut it. */
async function holding(t: Test) {
  const blobs = await folderBlobs(t.testdir(), { reserveBytes: 0 });
  await blobs.write(KEY, Buffer.concat([encodeHeader(tensors), ...data]));
  const plan = planSlice(await readTensorHeader(blobs, KEY), () => KEPT);
  const bytes = plan.pieces.reduce(
    (sum, { rows, keptBytes }) => sum + rows * keptBytes,
    plan.header.byteLength,
  );
  return { blobs, plan, range: { begin: 0, end: bytes } };
}

/** What is kept of a tensor: the first rows of A, and the beginning of each row of B. */
function cut(bytes: Buffer, [rows = 0, columns = 0]: number[]): Buffer {
  if (rows === RANK) return bytes.subarray(0, 4 * KEPT * columns);
  const starts = Array.from({ length: rows }, (_, row) => 4 * row * columns);
  return Buffer.concat(starts.map((start) => bytes.subarray(start, start + 4 * KEPT)));
}

t.test('whoever has begun to read gets all of a slice, though its file is deleted meanwhile', async (t) => {
  const { blobs, plan, range } = await holding(t);
  const received: Buffer[] = [];
  for await (const chunk of await openSlice(blobs, KEY, plan, range)) {
    if (received.length === 0) await blobs.remove(KEY);
    received.push(chunk);
  }
  const kept = tensors.map(({ shape }, index) => cut(data[index] ?? Buffer.of(), shape));
  t.ok(Buffer.concat(received).equals(Buffer.concat([plan.header, ...kept])));
  await t.rejects(async () => openSlice(blobs, KEY, plan, range), { name: 'BlobMissing' });
});

t.test('the file is closed, however far it was read', async (t) => {
  const { blobs, plan, range } = await holding(t);
  let closed = 0;
  const counting: Pick<Blobs, 'open'> = {
    open: async (key) => {
      const file = await blobs.open(key);
      return { readInto: file.readInto, close: () => file.close().then(() => void closed++) };
    },
  };
  const open = () => openSlice({ ...blobs, ...counting }, KEY, plan, range);
  (await open()).destroy();
  const half = await open();
  for await (const _ of half) break;
  for await (const _ of await open());
  t.ok(await eventually(async () => closed === 3));
});
