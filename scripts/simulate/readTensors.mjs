// @ts-check

/** @typedef {{ dtype: 'F16' | 'F32', shape: [number, number], data: Buffer }} RawTensor */

/**
 * The matrices of a safetensors file, read in the simplest way there is: an oracle shares nothing with what it judges.
 *
 * @param {Buffer} file
 * @returns {Map<string, RawTensor>} by name
 */
export function readTensors(file) {
  const begin = 8 + Number(file.readBigUInt64LE(0));
  /** @type {Record<string, { dtype: 'F16' | 'F32', shape: [number, number], data_offsets: [number, number] }>} */
  const header = JSON.parse(file.subarray(8, begin).toString('utf8'));
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [from, to],
          },
        ]) => [name, { dtype, shape, data: file.subarray(begin + from, begin + to) }],
      ),
  );
}

/**
 * @param {RawTensor} tensor
 * @returns {Float64Array} row-major
 */
export function valuesOf({ dtype, shape: [rows, cols], data }) {
  return Float64Array.from({ length: rows * cols }, (_, at) =>
    dtype === 'F32' ? data.readFloatLE(4 * at) : halfAt(data, 2 * at),
  );
}

/**
 * @param {Buffer} data
 * @param {number} at
 */
function halfAt(data, at) {
  const bits = data.readUInt16LE(at);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}
