// @ts-check

/** The data begins at a multiple of this many bytes, as the reference implementation writes it. */
const ALIGNMENT = 8;

/**
 * @typedef {object} Float16Tensor
 * @property {string} name
 * @property {number[]} shape
 * @property {Uint16Array} data binary16 bits, row-major
 */

/**
 * A safetensors file of float16 tensors, in the order given.
 *
 * @param {Float16Tensor[]} tensors
 * @returns {Buffer<ArrayBuffer>}
 */
export function encodeSafetensors(tensors) {
  let end = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: 'F16', shape, data_offsets: [begin, end] }];
  });
  const header = JSON.stringify(Object.fromEntries([['__metadata__', { format: 'pt' }], ...entries]));
  const length = Math.ceil(Buffer.byteLength(header) / ALIGNMENT) * ALIGNMENT;
  const file = Buffer.alloc(8 + length + end, ' ');
  file.writeBigUInt64LE(BigInt(length));
  file.write(header, 8);
  let at = 8 + length;
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}
