import { eigenSymmetric } from '../linalg/eigenSymmetric.js';
import { scaleRow } from '../linalg/scaleRow.js';
import { transpose } from '../linalg/transpose.js';
import type { Operator } from './operator.js';

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
export async function orthonormaliseTwice(
  op: Operator,
  x: Float64Array,
  z: Float64Array,
  b: number,
  floor: number,
): Promise<Orthonormal> {
  const first = await orthonormalise(op, x, z, b, floor);
  return first.rows === 0 ? first : orthonormalise(op, first.x, first.z, first.rows, 0);
}

/**
 * Makes the rows of x (b, size) orthonormal in the metric N, given z = x N, by the eigenvectors of their
 * Gram matrix x zᵀ (the "SVQB" of Stathopoulos and Wu, 2002), which drops dependent directions.
 * `floor` is the squared norm under which a direction counts as zero.
 */
async function orthonormalise(
  op: Operator,
  x: Float64Array,
  z: Float64Array,
  b: number,
  floor: number,
): Promise<Orthonormal> {
  const { size } = op;
  const gram = symmetric(await op.multiply(x, transpose(z, b, size), b, size, b), b);
  const { values, vectors } = eigenSymmetric(gram, b);
  const limit = Math.max(floor, DEPENDENT * Math.max(values[0], 0));
  let rows = 0;
  while (rows < b && values[rows] > limit) rows += 1;
  if (rows === 0) return { rows, x: new Float64Array(0), z: new Float64Array(0) };
  const mix = await vectors(rows, op.multiply);
  for (let i = 0; i < rows; i += 1) scaleRow(mix, i, 1 / Math.sqrt(values[i]), b);
  return {
    rows,
    x: await op.multiply(mix, x, rows, b, size),
    z: await op.multiply(mix, z, rows, b, size),
  };
}

/** The mean of a matrix (b, b) and its transpose. */
function symmetric(matrix: Float64Array, b: number): Float64Array {
  const other = transpose(matrix, b, b);
  return matrix.map((value, t) => (value + other[t]) / 2);
}
