import type { Orthonormal } from './orthonormalise.js';

/** The growing basis of a block Lanczos run: rows x and z = x N, and the projected matrix H = z K zᵀ. */
export class Basis {
  readonly #size: number;
  readonly #capacity: number;
  readonly #x: Float64Array;
  readonly #z: Float64Array;
  readonly #h: Float64Array;
  dimension = 0;

  constructor(size: number, capacity: number) {
    this.#size = size;
    this.#capacity = capacity;
    this.#x = new Float64Array(capacity * size);
    this.#z = new Float64Array(capacity * size);
    this.#h = new Float64Array(capacity * capacity);
  }

  append(block: Orthonormal): void {
    this.#x.set(block.x, this.dimension * this.#size);
    this.#z.set(block.z, this.dimension * this.#size);
    this.dimension += block.rows;
  }

  /** Writes the newest `rows` columns of H, (dimension, rows), and their mirror image. */
  project(columns: Float64Array, rows: number): void {
    const first = this.dimension - rows;
    for (let i = 0; i < this.dimension; i += 1) {
      for (let j = 0; j < rows; j += 1) {
        const value = columns[i * rows + j];
        this.#h[i * this.#capacity + first + j] = value;
        this.#h[(first + j) * this.#capacity + i] = value;
      }
    }
  }

  /** (dimension, size) */
  x(): Float64Array {
    return this.#x.subarray(0, this.dimension * this.#size);
  }

  /** (dimension, size) */
  z(): Float64Array {
    return this.#z.subarray(0, this.dimension * this.#size);
  }

  /** (dimension, dimension) */
  matrix(): Float64Array {
    const out = new Float64Array(this.dimension * this.dimension);
    for (let i = 0; i < this.dimension; i += 1) {
      const row = i * this.#capacity;
      out.set(this.#h.subarray(row, row + this.dimension), i * this.dimension);
    }
    return out;
  }

  /** The energy the basis captures. */
  trace(): number {
    let sum = 0;
    for (let i = 0; i < this.dimension; i += 1) sum += this.#h[i * this.#capacity + i];
    return sum;
  }

  /** At most σ_1², and near it after the first step. */
  largestDiagonal(): number {
    let largest = 0;
    for (let i = 0; i < this.dimension; i += 1) {
      largest = Math.max(largest, this.#h[i * this.#capacity + i]);
    }
    return largest;
  }
}
