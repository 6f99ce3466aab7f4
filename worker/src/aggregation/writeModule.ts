import type { ModuleAdapter } from '@florist/core/florist/moduleReport';
import type { BlobDraft } from '@florist/storage/blobs/blobs';
import type { PartModule } from './partIndex.js';

/** Appends a module's factors to the bytes of a part. @param clients positions of those that have the module */
export async function writeModule(
  draft: BlobDraft,
  { report, a, b }: ModuleAdapter,
  clients: readonly number[],
): Promise<PartModule> {
  const begin = draft.bytes;
  const middle = begin + a.byteLength;
  await draft.write(a);
  await draft.write(b);
  return { report, clients, a: { begin, end: middle }, b: { begin: middle, end: middle + b.byteLength } };
}
