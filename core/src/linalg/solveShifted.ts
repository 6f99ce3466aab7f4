/** P L U of T − shift·I for a block of a tridiagonal T, with room for right-hand sides; reused between shifts. */
export interface ShiftedFactors {
  /** 1 / u_ii, the first and the second superdiagonal of U. */
  readonly inverse: Float64Array;
  readonly upper: Float64Array;
  readonly second: Float64Array;
  /** Multiplier of each step, and 1 where the step swapped its rows. */
  readonly lower: Float64Array;
  readonly swapped: Uint8Array;
}

export function allocateFactors(size: number): ShiftedFactors {
  return {
    inverse: new Float64Array(size),
    upper: new Float64Array(size),
    second: new Float64Array(size),
    lower: new Float64Array(size),
    swapped: new Uint8Array(size),
  };
}

/**
 * Gaussian elimination with partial pivoting of T[from … to − 1] − shift·I. A pivot smaller than `smallest` is
 * replaced by it, which is what lets inverse iteration use an eigenvalue as its shift (LAPACK's dlagtf, dlagts).
 */
export function factorShifted(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  from: number,
  to: number,
  shift: number,
  smallest: number,
  out: ShiftedFactors,
): void {
  const size = to - from;
  let pivot = diagonal[from] - shift;
  let beside = size > 1 ? offDiagonal[from] : 0;
  for (let i = 0; i < size - 1; i++) {
    const below = offDiagonal[from + i];
    const nextDiagonal = diagonal[from + i + 1] - shift;
    const nextBeside = i < size - 2 ? offDiagonal[from + i + 1] : 0;
    const swap = Math.abs(pivot) < Math.abs(below);
    if (swap) {
      const multiplier = pivot / below;
      out.inverse[i] = 1 / below;
      out.upper[i] = nextDiagonal;
      out.second[i] = nextBeside;
      out.lower[i] = multiplier;
      pivot = beside - multiplier * nextDiagonal;
      beside = -multiplier * nextBeside;
    } else {
      const safe = awayFromZero(pivot, smallest);
      const multiplier = below / safe;
      out.inverse[i] = 1 / safe;
      out.upper[i] = beside;
      out.second[i] = 0;
      out.lower[i] = multiplier;
      pivot = nextDiagonal - multiplier * beside;
      beside = nextBeside;
    }
    out.swapped[i] = swap ? 1 : 0;
  }
  out.inverse[size - 1] = 1 / awayFromZero(pivot, smallest);
  out.upper[size - 1] = 0;
  out.second[size - 1] = 0;
}

function awayFromZero(value: number, smallest: number): number {
  if (Math.abs(value) >= smallest) return value;
  return value < 0 ? -smallest : smallest;
}

/** Solves (T − shift·I) x = y in place on x = y of `size` elements. */
export function solveShifted(factors: ShiftedFactors, x: Float64Array, size: number): void {
  const { inverse, upper, second, lower, swapped } = factors;
  for (let i = 0; i < size - 1; i++) {
    if (swapped[i] === 1) {
      const held = x[i];
      x[i] = x[i + 1];
      x[i + 1] = held - lower[i] * x[i];
    } else {
      x[i + 1] -= lower[i] * x[i];
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i];
    if (i < size - 1) sum -= upper[i] * x[i + 1];
    if (i < size - 2) sum -= second[i] * x[i + 2];
    x[i] = sum * inverse[i];
  }
}
