/**
 * The symmetric eigenproblem behind a spectrum, known only by its products: `x N K N xᵀ = σ² x N xᵀ`, with N
 * positive semidefinite (the metric) and K symmetric. Blocks of vectors are rows: (b, size), row-major.
 *
 * Gram space: N = G_B and K = G_A, size r; then x gives the left singular vector B xᵀ and σ of ΔW = B A.
 * A dense ΔW (m, n): N = I and K = ΔWᵀΔW, size n; then x is the right singular vector.
 */
export interface Operator {
  readonly size: number;
  /** X (b, size) → X N. May return X itself where N is the identity. */
  metric(x: Float64Array, b: number): Promise<Float64Array>;
  /** Z (b, size) → Z K. */
  image(z: Float64Array, b: number): Promise<Float64Array>;
  /** x (rows, inner) · y (inner, cols), for the smaller products of the iteration. */
  multiply(
    x: Float64Array,
    y: Float64Array,
    rows: number,
    inner: number,
    cols: number,
  ): Promise<Float64Array>;
}
