import { Refusal } from '../errors/refusal.js';
import type { Dtype } from './kernel.js';

/** Bytes of one element. */
export const DTYPE_BYTES: Readonly<Record<Dtype, number>> = { F32: 4, F16: 2, BF16: 2 };

/** Layout of an IEEE-like half: bits of mantissa, bias of the exponent, and the pattern of infinity. */
interface HalfFormat {
  readonly mantissaBits: number;
  readonly bias: number;
  readonly infinity: number;
}

const HALF: Readonly<Record<'F16' | 'BF16', HalfFormat>> = {
  F16: { mantissaBits: 10, bias: 15, infinity: 0x7c00 },
  BF16: { mantissaBits: 7, bias: 127, infinity: 0x7f80 },
};

const FLOAT64_BIAS = 1023;
/** Mantissa bits in the upper word of a float64. */
const UPPER_MANTISSA_BITS = 20;
/** Adding and taking away 2⁵² rounds a float64 in [0, 2⁵²] to the nearest integer, ties to even. */
const TO_INTEGER = 2 ** 52;

/** Float32 value of each of the 65,536 patterns of a float16; 256 KiB, made when first needed. */
let float16Values: Float32Array | undefined;

/**
 * The elements of little-endian `bytes` as float64, exactly.
 *
 * @throws Error when `bytes` is not aligned to its element or holds a part of one
 */
export function toFloat64(bytes: Uint8Array, dtype: Dtype): Float64Array {
  return Float64Array.from(toFloat32(bytes, dtype));
}

/**
 * The elements of little-endian `bytes` as float32, exactly. For F32 this is a view on the same memory.
 *
 * @throws Error when `bytes` is not aligned to its element or holds a part of one
 */
export function toFloat32(bytes: Uint8Array, dtype: Dtype): Float32Array {
  const size = DTYPE_BYTES[dtype];
  if (bytes.byteLength % size !== 0 || bytes.byteOffset % size !== 0) {
    throw new Error(`${bytes.byteLength} bytes at offset ${bytes.byteOffset} are not whole aligned ${dtype}`);
  }
  const count = bytes.byteLength / size;
  switch (dtype) {
    case 'F32':
      return new Float32Array(bytes.buffer, bytes.byteOffset, count);
    case 'F16':
      return widenFloat16(new Uint16Array(bytes.buffer, bytes.byteOffset, count));
    case 'BF16':
      return widenBfloat16(new Uint16Array(bytes.buffer, bytes.byteOffset, count));
  }
}

/**
 * `values` as little-endian bytes of `dtype`, each rounded once to the nearest, ties to even.
 *
 * @throws Refusal dtype_overflow when a value lies beyond the largest finite one of `dtype`
 * @throws Error when a value is NaN
 */
export function fromFloats(values: Float64Array | Float32Array, dtype: Dtype): Uint8Array {
  if (dtype === 'F32') return toFloat32Bytes(values);
  const wide = values instanceof Float64Array ? values : Float64Array.from(values);
  return toHalfBytes(wide, dtype);
}

function widenFloat16(halves: Uint16Array): Float32Array {
  float16Values ??= tabulateFloat16();
  const table = float16Values;
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]];
  return values;
}

/** (−1)^s · 2^(e−15) · (1 + f/2¹⁰); e = 0: 2⁻¹⁴ · f/2¹⁰; e = 31: infinite or NaN (IEEE 754 binary16). */
function tabulateFloat16(): Float32Array {
  const table = new Float32Array(0x10000);
  for (let half = 0; half < 0x8000; half++) {
    const exponent = half >>> 10;
    const fraction = half & 0x3ff;
    let value = 2 ** (exponent - 15) * (1 + fraction / 1024);
    if (exponent === 0) value = fraction * 2 ** -24;
    if (exponent === 31) value = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
    table[half] = value;
    table[half | 0x8000] = -value;
  }
  return table;
}

/** A bfloat16 is the upper half of a float32. */
function widenBfloat16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i] << 16;
  return new Float32Array(words.buffer);
}

function toFloat32Bytes(values: Float64Array | Float32Array): Uint8Array {
  const rounded = Float32Array.from(values);
  for (let i = 0; i < rounded.length; i++) {
    if (!(Math.abs(rounded[i]) < Number.POSITIVE_INFINITY)) throw notRepresentable(values[i], 'F32');
  }
  return new Uint8Array(rounded.buffer);
}

function toHalfBytes(values: Float64Array, dtype: 'F16' | 'BF16'): Uint8Array {
  const { mantissaBits, bias, infinity } = HALF[dtype];
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const halves = new Uint16Array(values.length);
  const dropped = UPPER_MANTISSA_BITS - mantissaBits;
  const rest = 2 ** dropped - 1;
  const half = 2 ** (dropped - 1);
  const rebias = (FLOAT64_BIAS - bias) << mantissaBits;
  const smallestNormal = 2 ** (1 - bias);
  const subnormalUnits = 2 ** (bias - 1 + mantissaBits);
  for (let i = 0; i < values.length; i++) {
    const upper = words[2 * i + 1];
    const magnitude = Math.abs(values[i]);
    let pattern: number;
    if (magnitude < smallestNormal) {
      pattern = magnitude * subnormalUnits + TO_INTEGER - TO_INTEGER;
    } else {
      const kept = (upper & 0x7fffffff) >>> dropped;
      const tail = upper & rest;
      const above = tail > half || (tail === half && words[2 * i] !== 0);
      const tie = tail === half && words[2 * i] === 0;
      pattern = kept - rebias + (above || (tie && (kept & 1) === 1) ? 1 : 0);
      if (pattern >= infinity) throw notRepresentable(values[i], dtype);
    }
    halves[i] = pattern | ((upper >>> 16) & 0x8000);
  }
  return new Uint8Array(halves.buffer);
}

function notRepresentable(value: number, dtype: Dtype): Error {
  if (Number.isNaN(value)) return new Error('a value to be published is not a number');
  const wider = dtype === 'F16' ? '; publish it as F32 or BF16' : '';
  return new Refusal(
    'dtype_overflow',
    `a value of the global adapter, ${value.toExponential(3)}, is larger than ${dtype} can hold${wider}`,
  );
}
