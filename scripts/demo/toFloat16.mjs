// @ts-check

/**
 * IEEE 754 binary16 bits of float32 values, rounded to nearest, ties to even; too large becomes infinity.
 *
 * @param {Float32Array} values
 * @returns {Uint16Array}
 */
export function toFloat16(values) {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let at = 0; at < bits.length; at++) halves[at] = halfBits(bits[at] ?? 0);
  return halves;
}

/**
 * A binary16 has 5 bits of exponent (bias 15) and 10 of fraction where a binary32 has 8 (bias 127) and 23. A
 * fraction that rounds up past its last bit carries into the exponent, which is the right result.
 *
 * @param {number} bits of a binary32
 */
function halfBits(bits) {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | 0x7c00 | (magnitude > 0x7f800000 ? 0x200 : 0);
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  const exponent = (magnitude >>> 23) - 112;
  if (exponent > 0) return sign | roundShift(magnitude - (112 << 23), 13);
  if (exponent < -10) return sign;
  return sign | roundShift((magnitude & 0x7fffff) | 0x800000, 14 - exponent);
}

/**
 * @param {number} value
 * @param {number} shift
 */
function roundShift(value, shift) {
  const half = 2 ** (shift - 1) - 1;
  return (value + half + ((value >>> shift) & 1)) >>> shift;
}
