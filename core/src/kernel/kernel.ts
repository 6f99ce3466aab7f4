/** Element types that a submission may hold and an adapter may be published in. */
export type Dtype = 'F32' | 'F16' | 'BF16';

/**
 * One client's factor as it lies in its file: `rows × cols`, row-major, little-endian, not yet scaled.
 * `bytes` starts at an offset aligned to the element's size within its buffer.
 */
export interface RawMatrix {
  readonly dtype: Dtype;
  readonly rows: number;
  readonly cols: number;
  readonly bytes: Uint8Array;
}

/** Which factor a stack is made of: B's stand side by side, (m, r); A's lie on top of each other, (r, n). */
export type Side = 'B' | 'A';

/** The unscaled factors of one module's clients, stacked and held by a kernel for as long as they are needed. */
export interface Stack {
  readonly side: Side;
  /** Stacked rank r = Σ r_k. */
  readonly rank: number;
  /** The long side: m for B, n for A. */
  readonly length: number;
  /** Float64 Gram matrix, row-major (r, r): BᵀB for side B, AAᵀ for side A. */
  gram(): Promise<Float64Array>;
  /**
   * The thin product with coefficients, in `dtype`, as row-major little-endian bytes.
   * Side B: B (m, r) · C (r, p) → (m, p). Side A: C (p, r) · A (r, n) → (p, n).
   */
  project(coefficients: Float64Array, p: number, dtype: Dtype): Promise<Uint8Array>;
  /** Frees what the kernel holds for this stack. The stack must not be used afterwards. */
  release(): void;
}

/** One client's part of ΔW: factor · B A with B (m, r_k), A (r_k, n). */
export interface UpdatePart {
  /** scale_k · w_k. */
  readonly factor: number;
  readonly b: RawMatrix;
  readonly a: RawMatrix;
}

/** ΔW itself, (m, n) float64: for stacks that are larger than it. */
export interface Update {
  readonly shape: readonly [m: number, n: number];
  /** ΔW += Σ factor · B A. */
  add(parts: readonly UpdatePart[]): Promise<void>;
  /** ‖ΔW‖_F². */
  energy(): number;
  /** X (b, m) → X ΔW (b, n). */
  times(x: Float64Array, b: number): Promise<Float64Array>;
  /** Y (b, n) → Y ΔWᵀ (b, m). */
  timesTransposed(y: Float64Array, b: number): Promise<Float64Array>;
  /** Frees its m · n numbers. It must not be used afterwards. */
  release(): void;
}

/** The products over the long sides m and n, and the r × r products; everything else is plain arithmetic. */
export interface Kernel {
  /** What computes: 'reference', 'cpu' or 'cuda'. */
  readonly provider: string;
  stack(side: Side, parts: readonly RawMatrix[]): Promise<Stack>;
  /** A ΔW of zeros. */
  update(m: number, n: number): Promise<Update>;
  /** Float64 product of row-major x (rows, inner) and y (inner, cols). */
  multiply(
    x: Float64Array,
    y: Float64Array,
    rows: number,
    inner: number,
    cols: number,
  ): Promise<Float64Array>;
}
