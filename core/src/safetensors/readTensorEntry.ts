import type { Refusal } from '../errors/refusal.js';
import { DTYPE_BITS } from './dtypes.js';
import { TENSOR_NAME_MAX } from './limits.js';
import { quoteName } from './quoteName.js';
import type { HeaderValue } from './readHeaderJson.js';
import type { TensorEntry } from './safetensorsHeader.js';
import { tensorRefusal } from './tensorRefusal.js';

const FIELDS = ['dtype', 'shape', 'data_offsets'];

/**
 * Checks one entry of a header: exactly the three fields of the format, of the right types, and a byte range
 * of just the size that shape and dtype need. Offsets stay as written, relative to the start of the data.
 * @throws {Refusal} safetensors_malformed, naming the tensor
 */
export function readTensorEntry(name: string, value: HeaderValue): TensorEntry {
  if (name.length > TENSOR_NAME_MAX) {
    throw malformed(name, `has a name of ${name.length} characters; at most ${TENSOR_NAME_MAX} are allowed`);
  }
  if (!(value instanceof Map)) throw malformed(name, 'must be described by an object');
  for (const field of value.keys()) {
    if (!FIELDS.includes(field)) throw malformed(name, `has the unknown field ${quoteName(field)}`);
  }
  const dtype = value.get('dtype');
  if (typeof dtype !== 'string') throw malformed(name, 'needs a dtype, a string');
  const shape = wholeNumbers(value.get('shape'));
  if (!shape) throw malformed(name, 'needs a shape, an array of whole numbers');
  const offsets = wholeNumbers(value.get('data_offsets'));
  const [begin, end] = offsets ?? [];
  if (offsets?.length !== 2 || begin === undefined || end === undefined) {
    throw malformed(name, 'needs data_offsets, an array of two whole numbers');
  }
  if (begin > end) throw malformed(name, `ends at ${end}, before it begins at ${begin}`);
  const bytes = tensorBytes(name, dtype, shape);
  if (end - begin !== bytes) {
    throw malformed(name, `needs ${bytes} bytes for ${dtype} [${shape}] but spans ${end - begin}`);
  }
  return { name, dtype, shape, begin, end };
}

function wholeNumbers(value: HeaderValue | undefined): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.filter((item) => typeof item === 'number');
  return numbers.length === value.length ? numbers : undefined;
}

function tensorBytes(name: string, dtype: string, shape: readonly number[]): number {
  const bitsPerElement = DTYPE_BITS.get(dtype);
  if (bitsPerElement === undefined) throw malformed(name, `has the unknown dtype ${quoteName(dtype)}`);
  let bits = bitsPerElement;
  for (const size of shape) {
    bits *= size;
    if (!Number.isSafeInteger(bits)) throw malformed(name, `has an impossible size, [${shape}]`);
  }
  if (bits % 8 !== 0) throw malformed(name, `does not fill whole bytes as ${dtype} [${shape}]`);
  return bits / 8;
}

function malformed(name: string, detail: string): Refusal {
  return tensorRefusal('safetensors_malformed', name, detail);
}
