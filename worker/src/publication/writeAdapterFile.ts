import { createHash } from 'node:crypto';
import type { Dtype } from '@florist/core/kernel/kernel';
import { factorNames } from '@florist/core/peft/factorNames';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import { bufferPool } from '../aggregation/bufferPool.js';
import { inParallel } from '../aggregation/inParallel.js';
import { openFiles } from '../aggregation/openFiles.js';
import type { PartModule } from '../aggregation/partIndex.js';
import { readAhead } from '../aggregation/readAhead.js';

/** Bytes copied at a time. Two such blocks are in memory: one is written while the next is read. */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** Pieces of a block that are read at a time: the thread pool that reads files has four threads. */
const READS_MAX = 8;

/** A module together with the key of the bytes that hold it. */
export interface LocatedModule extends PartModule {
  key: string;
}

/**
 * Streams the modules' factors from their parts into the draft of one safetensors file, in the given order, A before B.
 *
 * @returns SHA-256 and size of the file
 */
export async function writeAdapterFile(
  blobs: Blobs,
  draft: BlobDraft,
  modules: readonly LocatedModule[],
  dtype: Dtype,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const files = openFiles(blobs);
  const buffers = bufferPool();
  const read = async (block: Block) => {
    const bytes = new Uint8Array(buffers.take(BLOCK_BYTES), 0, block.bytes);
    await inParallel(block.pieces, READS_MAX, ({ key: part, begin, end, at }) =>
      files.readInto(part, bytes.subarray(at, at + end - begin), begin),
    );
    return bytes;
  };
  try {
    await append(draft, hash, encodeHeader(modules.flatMap((module) => tensorsOf(module, dtype))));
    for await (const bytes of readAhead(blocksOf(modules), read)) {
      await append(draft, hash, bytes);
      buffers.give(bytes.buffer);
    }
    return { sha256: hash.digest('hex'), bytes: draft.bytes };
  } finally {
    await files.close();
  }
}

/** Bytes that the factors of modules take. */
export function tensorBytes(modules: readonly LocatedModule[]): number {
  return modules.reduce((sum, { a, b }) => sum + b.end - a.begin, 0);
}

/** Bytes [begin, end) of a part. */
interface Span {
  key: string;
  begin: number;
  end: number;
}

/** Consecutive bytes of the file: spans of parts, each with where in the block it goes. */
interface Block {
  pieces: (Span & { at: number })[];
  bytes: number;
}

function blocksOf(modules: readonly LocatedModule[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const span of modules.flatMap(spansOf)) {
    const bytes = span.end - span.begin;
    if (open === undefined || open.bytes + bytes > BLOCK_BYTES) {
      open = { pieces: [], bytes: 0 };
      blocks.push(open);
    }
    open.pieces.push({ ...span, at: open.bytes });
    open.bytes += bytes;
  }
  return blocks;
}

/** Where a module's factors lie, A before B, in spans that a block can hold. */
function spansOf({ key, a, b }: LocatedModule): Span[] {
  const spans: Span[] = [];
  for (let begin = a.begin; begin < b.end; begin += BLOCK_BYTES) {
    spans.push({ key, begin, end: Math.min(begin + BLOCK_BYTES, b.end) });
  }
  return spans;
}

function tensorsOf({ report: { name, shape, rank } }: PartModule, dtype: Dtype) {
  const names = factorNames(name);
  const [m, n] = shape;
  return [
    { name: names.a, dtype, shape: [rank, n] },
    { name: names.b, dtype, shape: [m, rank] },
  ];
}

async function append(
  draft: BlobDraft,
  hash: ReturnType<typeof createHash>,
  chunk: Uint8Array,
): Promise<void> {
  const written = draft.write(chunk);
  hash.update(chunk);
  await written;
}
