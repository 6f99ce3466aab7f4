import { createHash } from 'node:crypto';
import type { Dtype } from '@florist/core/kernel/kernel';
import { factorNames } from '@florist/core/peft/factorNames';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import type { PartModule } from '../aggregation/partIndex.js';
import { readAhead } from '../aggregation/readAhead.js';

/** Bytes copied at a time. Two such pieces are in memory: one is written while the next is read. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** A module together with the key of the bytes that hold it. */
export interface LocatedModule extends PartModule {
  key: string;
}

/**
 * Streams the modules' factors from their parts into one safetensors file, in the given order, A before B.
 *
 * @returns SHA-256 and size of the file
 */
export async function writeAdapterFile(
  blobs: Blobs,
  key: string,
  modules: readonly LocatedModule[],
  dtype: Dtype,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const draft = await blobs.begin(modules.reduce((sum, { a, b }) => sum + b.end - a.begin, 0));
  try {
    await append(draft, hash, encodeHeader(modules.flatMap((module) => tensorsOf(module, dtype))));
    const read = ({ key: part, begin, end }: Piece) => blobs.read(part, begin, end);
    for await (const piece of readAhead(modules.flatMap(piecesOf), read)) await append(draft, hash, piece);
    const { bytes } = draft;
    await draft.commit(key);
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await draft.abort();
  }
}

/** Bytes [begin, end) of a part. */
interface Piece {
  key: string;
  begin: number;
  end: number;
}

function piecesOf({ key, a, b }: LocatedModule): Piece[] {
  const pieces: Piece[] = [];
  for (let begin = a.begin; begin < b.end; begin += PIECE_BYTES) {
    pieces.push({ key, begin, end: Math.min(begin + PIECE_BYTES, b.end) });
  }
  return pieces;
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
