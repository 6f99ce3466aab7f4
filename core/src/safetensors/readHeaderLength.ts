import { Refusal } from '../errors/refusal.js';
import { HEADER_BYTES_MAX } from './limits.js';

/** Bytes before the header: its length, an unsigned 64-bit little-endian integer. */
export const LENGTH_BYTES = 8;

/**
 * The length of the header in bytes, from the first 8 bytes of a file.
 * @throws {Refusal} safetensors_malformed if it is above the cap
 */
export function readHeaderLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  const length = view.getUint32(0, true);
  if (view.getUint32(4, true) !== 0 || length > HEADER_BYTES_MAX) {
    const claimed = view.getBigUint64(0, true);
    throw new Refusal(
      'safetensors_malformed',
      `the header claims ${claimed} bytes; at most ${HEADER_BYTES_MAX} are allowed`,
    );
  }
  return length;
}
