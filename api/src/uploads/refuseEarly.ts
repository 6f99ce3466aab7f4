import { Refusal } from '@florist/core/errors/refusal';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { beginUpload } from '@florist/storage/submissions/beginUpload';
import { roundNamed } from '../rounds/roundNamed.js';
import { ADAPTER_BYTES_MAX, CONFIG_BYTES_MAX, FORM_OVERHEAD_BYTES } from './limits.js';

/** What is known of an upload before its body. */
export interface AnnouncedUpload {
  federation: string;
  client: string;
  /** Number or `latest`. */
  round: string;
  contentLength?: number | undefined;
  /** Tells it from other uploads of the client. */
  attempt: string;
}

/**
 * Checks what needs no body, so that nobody sends gigabytes for a refusal, notes that the upload is under way, and
 * finds the round's number.
 * @throws Refusal safetensors_too_large, client_not_found, client_not_invited, round_not_found,
 * round_not_collecting, quota_exceeded
 */
export async function refuseEarly(ledger: Ledger, upload: AnnouncedUpload): Promise<number> {
  const { federation, client, round, contentLength = 0, attempt } = upload;
  if (contentLength > ADAPTER_BYTES_MAX + CONFIG_BYTES_MAX + FORM_OVERHEAD_BYTES) {
    throw new Refusal('safetensors_too_large', `An adapter may have at most ${ADAPTER_BYTES_MAX} bytes.`);
  }
  const adapterBytes = Math.max(0, contentLength - CONFIG_BYTES_MAX - FORM_OVERHEAD_BYTES);
  return beginUpload(ledger, federation, roundNamed(round), client, adapterBytes, attempt);
}
