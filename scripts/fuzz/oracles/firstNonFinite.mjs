// @ts-check

/**
 * The number that an element stands for, by arithmetic on its fields.
 *
 * @param {DataView} view
 * @param {number} at byte offset
 * @param {string} dtype F32, F16 or BF16
 */
function floatAt(view, at, dtype) {
  if (dtype === 'F32') return view.getFloat32(at, true);
  const bits = view.getUint16(at, true);
  const [exponentBits, mantissaBits] = dtype === 'F16' ? [5, 10] : [8, 7];
  const exponent = (bits >> mantissaBits) & (2 ** exponentBits - 1);
  const mantissa = bits & (2 ** mantissaBits - 1);
  if (exponent === 2 ** exponentBits - 1) return mantissa === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  const bias = 2 ** (exponentBits - 1) - 1;
  const size = exponent === 0 ? mantissa : 2 ** mantissaBits + mantissa;
  return (bits & 0x8000 ? -1 : 1) * size * 2 ** (Math.max(exponent, 1) - bias - mantissaBits);
}

/**
 * The index of the first element of a stretch that is no finite number, or -1.
 *
 * @param {Uint8Array} bytes
 * @param {string} dtype
 */
export function firstNonFinite(bytes, dtype) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = dtype === 'F32' ? 4 : 2;
  for (let at = 0; at < bytes.length; at += size) {
    if (!Number.isFinite(floatAt(view, at, dtype))) return at / size;
  }
  return -1;
}
