import { DTYPE_BITS } from './dtypes.js';
import { HEADER_BYTES_MAX } from './limits.js';
import { LENGTH_BYTES } from './readHeaderLength.js';

/** Headers are padded to this many bytes, so that the data begins aligned for every dtype. */
const ALIGNMENT_BYTES = 8;

/** What PEFT and transformers expect to find in `__metadata__`. */
const PYTORCH_METADATA = { format: 'pt' };

/**
 * The start of a safetensors file: length, JSON, and padding with spaces. The tensors' bytes must follow in the
 * given order with nothing between them. The same input always gives the same bytes.
 * @throws {RangeError} on a repeated name, an unknown dtype, an impossible shape or a header above the cap
 */
export function encodeHeader(
  tensors: readonly { name: string; dtype: string; shape: readonly number[] }[],
  metadata: Readonly<Record<string, string>> = PYTORCH_METADATA,
): Uint8Array {
  const seen = new Set(['__metadata__']);
  const members = [`"__metadata__":${JSON.stringify(metadata)}`];
  let begin = 0;
  for (const { name, dtype, shape } of tensors) {
    if (seen.has(name)) throw new RangeError(`two tensors are named ${JSON.stringify(name)}`);
    seen.add(name);
    const end = begin + tensorBytes(name, dtype, shape);
    const entry = JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
    members.push(`${JSON.stringify(name)}:${entry}`);
    begin = end;
  }
  return withLength(escapeToAscii(`{${members.join(',')}}`));
}

function tensorBytes(name: string, dtype: string, shape: readonly number[]): number {
  const bits = shape.reduce((product, size) => product * size, DTYPE_BITS.get(dtype) ?? Number.NaN);
  const whole = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!whole || !Number.isSafeInteger(bits) || bits % 8 !== 0) {
    throw new RangeError(`tensor ${JSON.stringify(name)} cannot be ${dtype} [${shape}]`);
  }
  return bits / 8;
}

function escapeToAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function withLength(ascii: string): Uint8Array {
  const padded = Math.ceil(ascii.length / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  if (padded > HEADER_BYTES_MAX) throw new RangeError(`a header of ${padded} bytes is above the cap`);
  const bytes = new Uint8Array(LENGTH_BYTES + padded).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  for (let i = 0; i < ascii.length; i++) bytes[LENGTH_BYTES + i] = ascii.charCodeAt(i);
  return bytes;
}
