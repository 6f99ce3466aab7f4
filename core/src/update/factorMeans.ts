import type { ModuleClient } from '../florist/moduleReport.js';
import { toFloat32 } from '../kernel/convert.js';

/** What averaging the factors of a module apart makes, padded with zeros to the largest client rank R; float64. */
export interface FactorMeans {
  readonly rank: number;
  /** Σ w_k scale_k B_k, (m, R). */
  readonly b: Float64Array;
  /** Σ w_k A_k, (R, n). */
  readonly a: Float64Array;
}

/** Gathers the means of clients that come one after another. */
export interface FactorMeansBuilder extends FactorMeans {
  add(client: ModuleClient): void;
  /** Σ_j w scale ‖b_j‖‖a_j‖ over all directions so far: what ‖ΔW‖ can at most be. */
  reach(): number;
}

export function factorMeans([m, n]: readonly [m: number, n: number], rank: number): FactorMeansBuilder {
  const b = new Float64Array(m * rank);
  const a = new Float64Array(rank * n);
  let reach = 0;
  return {
    rank,
    a,
    b,
    add(client) {
      const squaresB = addB(b, rank, client);
      const squaresA = addA(a, n, client);
      for (let j = 0; j < client.rank; j++) {
        reach += client.weight * Math.abs(client.scale) * Math.sqrt(squaresB[j] * squaresA[j]);
      }
    },
    reach: () => reach,
  };
}

/** Adds w scale B_k to the mean; ‖b_j‖² of every column of B_k. */
function addB(mean: Float64Array, rank: number, { b, weight, scale }: ModuleClient): Float64Array {
  const values = toFloat32(b.bytes, b.dtype);
  const squares = new Float64Array(b.cols);
  const factor = weight * scale;
  for (let i = 0; i < b.rows; i++) {
    for (let j = 0; j < b.cols; j++) {
      const value = values[i * b.cols + j];
      squares[j] += value * value;
      mean[i * rank + j] += factor * value;
    }
  }
  return squares;
}

/** Adds w A_k to the mean; ‖a_j‖² of every row of A_k. */
function addA(mean: Float64Array, n: number, { a, weight }: ModuleClient): Float64Array {
  const values = toFloat32(a.bytes, a.dtype);
  const squares = new Float64Array(a.rows);
  for (let j = 0; j < a.rows; j++) {
    let square = 0;
    for (let t = j * n; t < (j + 1) * n; t++) {
      square += values[t] * values[t];
      mean[t] += weight * values[t];
    }
    squares[j] = square;
  }
  return squares;
}
