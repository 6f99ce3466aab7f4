import { DTYPE_BYTES, fromFloats, toFloat32 } from './convert.js';
import type { Dtype, Kernel, RawMatrix, Side, Stack } from './kernel.js';
import { referenceUpdate } from './referenceUpdate.js';

/** The kernel as its definition: float64, plain loops, no dependencies. The oracle for every faster one. */
export const referenceKernel: Kernel = {
  provider: 'reference',
  async stack(side, parts) {
    return openStack(side, parts);
  },
  async update(m, n) {
    return referenceUpdate(m, n);
  },
  async multiply(x, y, rows, inner, cols) {
    if (x.length !== rows * inner || y.length !== inner * cols) {
      throw new Error(`factors of ${x.length} and ${y.length} are not ${rows} × ${inner} × ${cols}`);
    }
    return product(x, y, rows, inner, cols);
  },
};

/**
 * @throws Error when there is no part, its bytes are not rows × cols elements, or the long sides differ
 */
function openStack(side: Side, parts: readonly RawMatrix[]): Stack {
  const { rank, length } = measure(side, parts);
  const vectors = new Float64Array(rank * length);
  let row = 0;
  for (const part of parts) {
    fill(vectors, row * length, side, part);
    row += shortSide(side, part);
  }
  return {
    side,
    rank,
    length,
    async gram() {
      return gramOf(vectors, rank, length);
    },
    async project(coefficients, p, dtype) {
      if (coefficients.length !== rank * p) {
        throw new Error(`coefficients of ${coefficients.length} values are not ${rank} × ${p}`);
      }
      return projectOnto(side, vectors, rank, length, coefficients, p, dtype);
    },
    release() {},
  };
}

function shortSide(side: Side, part: RawMatrix): number {
  return side === 'B' ? part.cols : part.rows;
}

function longSide(side: Side, part: RawMatrix): number {
  return side === 'B' ? part.rows : part.cols;
}

function measure(side: Side, parts: readonly RawMatrix[]): { rank: number; length: number } {
  if (parts.length === 0) throw new Error('a stack needs at least one part');
  const length = longSide(side, parts[0]);
  let rank = 0;
  for (const part of parts) {
    if (longSide(side, part) !== length) throw new Error('parts of one stack differ in their long side');
    const bytes = part.rows * part.cols * DTYPE_BYTES[part.dtype];
    if (part.bytes.byteLength !== bytes) {
      throw new Error(
        `a ${part.rows} × ${part.cols} ${part.dtype} factor has ${part.bytes.byteLength} bytes`,
      );
    }
    rank += shortSide(side, part);
  }
  return { rank, length };
}

/** Lays one part's long vectors one after the other: the rows of A, the columns of B. */
function fill(vectors: Float64Array, offset: number, side: Side, part: RawMatrix): void {
  const values = toFloat32(part.bytes, part.dtype);
  if (side === 'A') {
    vectors.set(values, offset);
    return;
  }
  const { rows, cols } = part;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) vectors[offset + j * rows + i] = values[i * cols + j];
  }
}

function gramOf(vectors: Float64Array, rank: number, length: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < length; t++) sum += vectors[i * length + t] * vectors[j * length + t];
      gram[i * rank + j] = sum;
      gram[j * rank + i] = sum;
    }
  }
  return gram;
}

function projectOnto(
  side: Side,
  vectors: Float64Array,
  rank: number,
  length: number,
  coefficients: Float64Array,
  p: number,
  dtype: Dtype,
): Uint8Array {
  if (side === 'A') return fromFloats(product(coefficients, vectors, p, rank, length), dtype);
  const projected = new Float64Array(length * p);
  for (let j = 0; j < rank; j++) {
    for (let t = 0; t < length; t++) {
      const factor = vectors[j * length + t];
      for (let i = 0; i < p; i++) projected[t * p + i] += factor * coefficients[j * p + i];
    }
  }
  return fromFloats(projected, dtype);
}

/** x (rows, inner) · y (inner, cols). */
function product(x: Float64Array, y: Float64Array, rows: number, inner: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = x[i * inner + k];
      for (let j = 0; j < cols; j++) out[i * cols + j] += factor * y[k * cols + j];
    }
  }
  return out;
}
