import { Refusal } from '@florist/core/errors/refusal';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { findUpload } from '@florist/storage/uploads/findUpload';
import type { UploadRef } from '@florist/storage/uploads/upload';
import type { Services } from '../../services.js';
import type { IncomingAdapter } from '../incomingAdapter.js';

/**
 * Reads an upload that has arrived whole as if it came in now, so that it passes the same checks. One that was
 * submitted already, or is meanwhile, is read from that submission: a client whose answer was lost gets it again.
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
  let passed = await pass(blobs, keys, adapter);
  if (passed === length) return;
  const [submitted] = (await findUpload(ledger, ref)).blobs;
  // a repetition of this submission was accepted meanwhile: the same bytes lie there now
  if (submitted !== undefined && submitted !== keys[0]) {
    passed += await pass(blobs, [submitted], adapter, { begin: passed, end: length });
  }
  if (passed === length) return;
  throw new Refusal('upload_not_found', `The bytes of upload ${ref.upload} are gone: begin another.`);
}

/**
 * Passes on what lies in the blobs, one after the other, as far as they are there; how many bytes those are.
 * @param range of a single blob
 */
async function pass(
  blobs: Blobs,
  keys: string[],
  adapter: IncomingAdapter,
  range?: { begin: number; end: number },
): Promise<number> {
  let passed = 0;
  try {
    for (const key of keys) {
      for await (const chunk of await blobs.stream(key, range)) {
        await adapter.write(chunk);
        passed += chunk.byteLength;
      }
    }
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
  }
  return passed;
}
