import { flipped, matrix, normals, symmetricWith, times, tridiagonalDense } from './dense.js';

/** A symmetric matrix that is hard on eigensolvers, with its eigenvalues in descending order where known. */
export interface Adversary {
  readonly name: string;
  readonly n: number;
  readonly matrix: Float64Array;
  readonly values?: readonly number[];
}

function withValues(name: string, values: readonly number[], seed: number): Adversary {
  const sorted = [...values].sort((x, y) => y - x);
  return { name, n: values.length, matrix: symmetricWith(values, seed), values: sorted };
}

function tridiagonal(name: string, diagonal: number[], beside: number[], values?: number[]): Adversary {
  const sorted = values && [...values].sort((x, y) => y - x);
  return {
    name,
    n: diagonal.length,
    matrix: tridiagonalDense(diagonal, beside),
    ...(sorted && { values: sorted }),
  };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Wilkinson's W⁺ of order 2h + 1: |h|, …, 1, 0, 1, …, |h| beside ones; its large eigenvalues come in near pairs. */
const wilkinson = (h: number) => range(2 * h + 1).map((i) => Math.abs(i - h));

/** Copies of W⁺21 held together by `glue`: eigenvalues come in tight clusters, one from each copy. */
function gluedWilkinson(copies: number, glue: number): Adversary {
  const diagonal = range(copies).flatMap(() => wilkinson(10));
  const beside = range(diagonal.length - 1).map((i) => (i % 21 === 20 ? glue : 1));
  return tridiagonal(`${copies} Wilkinson matrices glued by ${glue}`, diagonal, beside);
}

function toeplitz(n: number): Adversary {
  const values = range(n).map((k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
  return tridiagonal(`Toeplitz (−1, 2, −1) of order ${n}`, Array(n).fill(2), Array(n - 1).fill(-1), values);
}

/** Clement's matrix: zero diagonal, eigenvalues n − 1, n − 3, …, 1 − n. */
function clement(n: number): Adversary {
  const beside = range(n - 1).map((i) => Math.sqrt((i + 1) * (n - 1 - i)));
  return tridiagonal(
    `Clement of order ${n}`,
    Array(n).fill(0),
    beside,
    range(n).map((k) => n - 1 - 2 * k),
  );
}

function hilbert(n: number): Adversary {
  return { name: `Hilbert of order ${n}`, n, matrix: matrix(n, n, (i, j) => 1 / (i + j + 1)) };
}

/** X Xᵀ of fewer columns than rows, as the Gram matrix of a rank-deficient stack. */
function deficientGram(n: number, rank: number, seed: number): Adversary {
  const x = matrix(n, rank, normals(seed));
  return {
    name: `Gram matrix of order ${n} and rank ${rank}`,
    n,
    matrix: times(x, flipped(x, n, rank), n, rank, n),
  };
}

/** D S D with D graded over `decades`, the large end first or last. */
function graded(n: number, decades: number, largeFirst: boolean, seed: number): Adversary {
  const next = normals(seed);
  const d = range(n).map((i) => 10 ** ((-decades * (largeFirst ? i : n - 1 - i)) / (n - 1)));
  const s = matrix(n, n, () => 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      s[i * n + j] = d[i] * d[j] * (i === j ? 2 : 0.3 * next());
      s[j * n + i] = s[i * n + j];
    }
  }
  return { name: `graded over ${decades} decades, large end ${largeFirst ? 'first' : 'last'}`, n, matrix: s };
}

/** Two equal blocks and a zero block: every eigenvalue twice, and a kernel. */
function decoupled(): Adversary {
  const inner = symmetricWith([3, 2, 2, 1, 1e-9], 5);
  const n = 14;
  const block = (i: number) => Math.floor(i / 5);
  const entry = (i: number, j: number) =>
    i < 10 && j < 10 && block(i) === block(j) ? inner[(i % 5) * 5 + (j % 5)] : 0;
  const values = [3, 3, 2, 2, 2, 2, 1, 1, 1e-9, 1e-9, 0, 0, 0, 0];
  return { name: 'two equal blocks and zeros', n, matrix: matrix(n, n, entry), values };
}

export const ADVERSARIES: readonly Adversary[] = [
  { name: 'of order 1', n: 1, matrix: Float64Array.of(-3), values: [-3] },
  { name: 'of order 2', n: 2, matrix: Float64Array.of(1, 2, 2, 1), values: [3, -1] },
  { name: 'zero', n: 7, matrix: new Float64Array(49), values: Array(7).fill(0) },
  { name: 'identity', n: 30, matrix: matrix(30, 30, (i, j) => (i === j ? 1 : 0)), values: Array(30).fill(1) },
  withValues('an identity hidden by rotation', Array(40).fill(2), 1),
  withValues(
    'three values of high multiplicity',
    [...Array(10).fill(5), ...Array(20).fill(1), ...Array(10).fill(0)],
    2,
  ),
  withValues('one value apart from many equal ones', [1, ...Array(59).fill(1e-3)], 3),
  withValues(
    'a cluster one rounding wide',
    range(40).map((i) => 1 + i * Number.EPSILON),
    4,
  ),
  withValues(
    'clusters of width 1e-12',
    range(40).map((i) => Math.ceil((i + 1) / 8) + (i % 8) * 1e-12),
    5,
  ),
  withValues(
    'geometric from 1 to 1e-24',
    range(48).map((i) => 10 ** (-i / 2)),
    6,
  ),
  withValues(
    'both signs',
    range(41).map((i) => i - 20),
    7,
  ),
  withValues(
    'tiny',
    range(20).map((i) => 1e-200 * (i + 1)),
    8,
  ),
  withValues(
    'huge',
    range(20).map((i) => 1e200 * (i + 1)),
    9,
  ),
  tridiagonal('Wilkinson of order 21', wilkinson(10), Array(20).fill(1)),
  tridiagonal('Wilkinson of order 101', wilkinson(50), Array(100).fill(1)),
  gluedWilkinson(5, 1e-6),
  gluedWilkinson(5, 1e-10),
  gluedWilkinson(7, 1e-14),
  toeplitz(100),
  clement(60),
  hilbert(24),
  deficientGram(60, 17, 10),
  graded(50, 12, true, 11),
  graded(50, 12, false, 12),
  graded(50, 150, true, 13),
  decoupled(),
];
