import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import { encodeJson } from './encodeJson.js';

/** Puts the files of a part on the disk, its index last: where that is, the part is made. */
export async function commitPart(
  blobs: Blobs,
  folder: string,
  name: string,
  data: BlobDraft | Uint8Array,
  index: object,
): Promise<void> {
  await blobs.commitAll(folder, { [`${name}.bin`]: data, [`${name}.json`]: encodeJson(index) });
}
