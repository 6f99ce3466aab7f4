import { Refusal } from '@florist/core/errors/refusal';
import { LINEAGE_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import type { SendableFile } from '../../../files/sendFile.js';
import type { Services } from '../../../services.js';
import { toDocument } from './toDocument.js';

/**
 * What made the adapter whose files are in `folder`.
 * @throws Refusal lineage_not_found for an adapter of a version that kept none
 */
export async function lineageFile(blobs: Services['blobs'], folder: string): Promise<SendableFile> {
  const key = `${folder}${LINEAGE_FILE}`;
  if ((await blobs.stat(key)) === undefined) {
    throw new Refusal('lineage_not_found', 'The adapter was published by a version that kept no lineage.');
  }
  return toDocument(await readBlob(blobs, key));
}
