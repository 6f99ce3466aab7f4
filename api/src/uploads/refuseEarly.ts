import { Refusal } from '@florist/core/errors/refusal';
import { getClient } from '@florist/storage/clients/getClient';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { getRound } from '@florist/storage/rounds/getRound';
import { getSubmission } from '@florist/storage/submissions/getSubmission';
import { ADAPTER_BYTES_MAX, CONFIG_BYTES_MAX, FORM_OVERHEAD_BYTES } from './limits.js';

/** What is known of an upload before its body. */
export interface AnnouncedUpload {
  federation: string;
  client: string;
  /** Number or `latest`. */
  round: string;
  contentLength?: number | undefined;
}

/**
 * Checks what needs no body, so that nobody sends gigabytes for a refusal, and finds the round's number. A
 * client that has submitted already is let through even when the round no longer collects: it may be repeating
 * an upload whose answer it never got.
 * @throws Refusal safetensors_too_large, client_not_found, round_not_found, round_not_collecting
 */
export async function refuseEarly(ledger: Ledger, upload: AnnouncedUpload): Promise<number> {
  const { federation, client, round: name, contentLength = 0 } = upload;
  if (contentLength > ADAPTER_BYTES_MAX + CONFIG_BYTES_MAX + FORM_OVERHEAD_BYTES) {
    throw new Refusal('safetensors_too_large', `An adapter may have at most ${ADAPTER_BYTES_MAX} bytes.`);
  }
  await getClient(ledger, federation, client);
  const round = await getRound(ledger, federation, name === 'latest' ? name : Number(name));
  if (round.state !== 'collecting' && !(await hasSubmitted(ledger, federation, round.number, client))) {
    throw new Refusal('round_not_collecting', `Round ${round.number} is ${round.state}.`);
  }
  return round.number;
}

async function hasSubmitted(
  ledger: Ledger,
  federation: string,
  round: number,
  client: string,
): Promise<boolean> {
  try {
    await getSubmission(ledger, federation, round, client);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'submission_not_found') {
      return false;
    }
    throw error;
  }
}
