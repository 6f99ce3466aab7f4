import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import { readBlob } from '@florist/storage/blobs/readBlob';
import t from 'tap';
import { IncomingAdapter } from '../../src/uploads/incomingAdapter.js';
import { MODULES } from '../fixtures/makeAdapter.js';
import { randomAdapter } from '../fixtures/randomAdapter.js';

/** Uploads that are received at once, and how often so many are. */
const AT_ONCE = 8;
const WAVES = 4;
/** As a line brings them. */
const CHUNK_BYTES = 64 * 1024;

/** Several blocks, and a part of one. */
const adapterOf = (seed: number) =>
  Buffer.from(randomAdapter({ modules: MODULES, rank: 32, rows: 4096, cols: 4096, seed }).adapter);

/** Passes the first `bytes` of a file on, letting others have their turn after each chunk. */
async function pass(adapter: IncomingAdapter, file: Buffer, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += CHUNK_BYTES) {
    await adapter.write(file.subarray(sent, Math.min(bytes, sent + CHUNK_BYTES)));
    await setImmediate();
  }
}

/** What a client of that seed has sent and what was received of it. */
async function receive(blobs: Blobs, seed: number): Promise<{ sent: string; told: string; stored: string }> {
  const file = adapterOf(seed);
  const draft = await blobs.begin();
  const adapter = new IncomingAdapter(draft, () => {});
  await pass(adapter, file, file.length);
  const { sha256: told } = await adapter.finish();
  await draft.commit(`${seed}`);
  return { sent: sha256(file), told, stored: sha256(await readBlob(blobs, `${seed}`)) };
}

async function breakOff(blobs: Blobs, seed: number): Promise<void> {
  const file = adapterOf(seed);
  const draft = await blobs.begin();
  await pass(new IncomingAdapter(draft, () => {}), file, file.length / 2);
  await draft.abort();
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

t.test('uploads at once, while others break off, store what each was sent', async (t) => {
  const blobs = await folderBlobs(t.testdir({}));
  for (let wave = 0; wave < WAVES; wave++) {
    const seeds = Array.from({ length: AT_ONCE }, (_, at) => 1 + wave * AT_ONCE + at);
    const [received] = await Promise.all([
      Promise.all(seeds.map((seed) => receive(blobs, seed))),
      breakOff(blobs, 1000 + wave),
      breakOff(blobs, 2000 + wave),
    ]);
    for (const { sent, told, stored } of received) {
      t.equal(told, sent);
      t.equal(stored, sent);
    }
  }
});
