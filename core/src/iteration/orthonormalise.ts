import { eigenSymmetric } from '../linalg/eigenSymmetric.js';

/**
 * Directions whose share of the block's largest squared norm is below this are noise: one pass leaves them
 * with a relative error of √(ε/share), which the second pass removes.
 */
const DEPENDENT = 1e-13;

export interface Orthonormal {
  /** Rows that remain: fewer than b where the block was linearly dependent. */
  rows: number;
  /** (rows, size), x N xᵀ = I. */
  x: Float64Array;
  /** (rows, size), x N. */
  z: Float64Array;
}

/** The second pass removes what rounding left in the first: see `DEPENDENT`. */
export function orthonormaliseTwice(
  x: Float64Array,
  z: Float64Array,
  b: number,
  size: number,
  floor: number,
): Orthonormal {
  const first = orthonormalise(x, z, b, size, floor);
  return orthonormalise(first.x, first.z, first.rows, size, 0);
}

/**
 * Makes the rows of x (b, size) orthonormal in the metric N, given z = x N, by the eigenvectors of their
 * Gram matrix x zᵀ (the "SVQB" of Stathopoulos and Wu, 2002), which drops dependent directions.
 * `floor` is the squared norm under which a direction counts as zero.
 */
function orthonormalise(
  x: Float64Array,
  z: Float64Array,
  b: number,
  size: number,
  floor: number,
): Orthonormal {
  const gram = innerProducts(x, z, b, size);
  const { values, vectors } = eigenSymmetric(gram, b);
  const limit = Math.max(floor, DEPENDENT * Math.max(values[0], 0));
  let rows = 0;
  while (rows < b && values[rows] > limit) rows += 1;
  const mix = vectors(rows);
  const outX = new Float64Array(rows * size);
  const outZ = new Float64Array(rows * size);
  for (let i = 0; i < rows; i += 1) {
    const unit = 1 / Math.sqrt(values[i]);
    for (let j = 0; j < b; j += 1) {
      const factor = mix[i * b + j] * unit;
      addRow(outX, i, x, j, factor, size);
      addRow(outZ, i, z, j, factor, size);
    }
  }
  return { rows, x: outX, z: outZ };
}

/** (b, b) inner products of the rows of x and z, symmetrised. */
function innerProducts(x: Float64Array, z: Float64Array, b: number, size: number): Float64Array {
  const gram = new Float64Array(b * b);
  for (let i = 0; i < b; i += 1) {
    for (let j = 0; j < b; j += 1) {
      let sum = 0;
      const xi = i * size;
      const zj = j * size;
      for (let k = 0; k < size; k += 1) sum += x[xi + k] * z[zj + k];
      gram[i * b + j] += sum / 2;
      gram[j * b + i] += sum / 2;
    }
  }
  return gram;
}

function addRow(
  target: Float64Array,
  i: number,
  source: Float64Array,
  j: number,
  factor: number,
  size: number,
) {
  const to = i * size;
  const from = j * size;
  for (let k = 0; k < size; k += 1) target[to + k] += factor * source[from + k];
}
