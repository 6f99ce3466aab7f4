import { Refusal } from '@florist/core/errors/refusal';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import { findUpload } from '@florist/storage/uploads/findUpload';
import type { UploadRef } from '@florist/storage/uploads/upload';
import type { Services } from '../../services.js';
import type { IncomingAdapter } from '../incomingAdapter.js';

/**
 * Reads an upload that has arrived whole as if it came in now, so that it passes the same checks. One that was
 * submitted already is read from that submission: a client whose answer was lost gets it again.
 * @throws Refusal upload_not_found, upload_incomplete, and those of the safetensors and tensor codes; Outage
 */
export async function passUpload(
  { ledger, blobs }: Pick<Services, 'ledger' | 'blobs'>,
  ref: UploadRef,
  adapter: IncomingAdapter,
): Promise<void> {
  const { offset, length, blobs: keys } = await findUpload(ledger, ref);
  if (offset < length) {
    throw new Refusal(
      'upload_incomplete',
      `Of upload ${ref.upload}, ${offset} of ${length} bytes have arrived.`,
      [{ field: 'upload', detail: 'has not arrived whole' }],
    );
  }
  // it is written once more, and refused now rather than when the disk is full
  await (await blobs.begin(length)).abort();
  try {
    for (const key of keys) {
      for await (const chunk of await blobs.stream(key)) await adapter.write(chunk);
    }
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
    throw new Refusal('upload_not_found', `The bytes of upload ${ref.upload} are gone: begin another.`);
  }
}
