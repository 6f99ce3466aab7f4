import { createHash } from 'node:crypto';
import type { Dtype } from '@florist/core/kernel/kernel';
import { factorNames } from '@florist/core/peft/factorNames';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import type { PartModule } from '../aggregation/partIndex.js';

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
    for (const { key: part, a, b } of modules) {
      const range = { begin: a.begin, end: b.end };
      for await (const chunk of await blobs.stream(part, range)) await append(draft, hash, chunk);
    }
    const { bytes } = draft;
    await draft.commit(key);
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await draft.abort();
  }
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
  hash.update(chunk);
  await draft.write(chunk);
}
