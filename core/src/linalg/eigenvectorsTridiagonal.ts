import type { TridiagonalSpectrum } from './eigenvaluesTridiagonal.js';
import { allocateFactors, factorShifted, type ShiftedFactors, solveShifted } from './solveShifted.js';
import { normTridiagonal } from './splitTridiagonal.js';

/** Eigenvalues nearer than this share of T's norm have their vectors orthogonalised (LAPACK's dstein). */
const CLUSTER_GAP = 1e-3;
/** Shifts of a cluster keep this distance, in roundings of T's norm, so that their solutions differ … */
const SHIFT_DISTANCE = 4;
/** … but stay this near to their eigenvalue, however many share it: orthogonalisation does the rest. */
const SHIFT_DRIFT_MAX = 8;
/** Inverse iterations before giving up; two or three are usual. */
const ITERATIONS_MAX = 8;
/** What orthogonalisation must leave of a vector for it not to be mere rounding. */
const REMAINDER_MIN = 1e-3;

/** ‖T x − λ x‖ that is accepted, in roundings of T's norm: λ itself is off by about √n of them. */
const residualTolerance = (n: number): number => 16 + 2 * Math.sqrt(n);

interface Workspace {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  readonly factors: ShiftedFactors;
  readonly norm: number;
  readonly random: () => number;
}

/**
 * Orthonormal eigenvectors of the p largest eigenvalues of a tridiagonal T, as the rows of a (p, n) matrix;
 * undefined where inverse iteration fails, for `eigenvectorsQl` to take over. The same T gives the same bytes.
 *
 * Inverse iteration from a pseudo-random start, block by block, with orthogonalisation inside clusters of near
 * eigenvalues (LAPACK's dstein). Every vector returned has passed a test of its residual δ; two of different
 * clusters then have an inner product of at most 2δ / gap, so nothing else needs a test.
 */
export function eigenvectorsTridiagonal(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  spectrum: TridiagonalSpectrum,
  p: number,
): Float64Array | undefined {
  const n = diagonal.length;
  if (p > n) throw new Error(`a matrix of order ${n} has no ${p} eigenvectors`);
  const norm = normTridiagonal(diagonal, offDiagonal);
  const vectors = new Float64Array(p * n);
  const factors = allocateFactors(n);
  const space: Workspace = { diagonal, offDiagonal, factors, norm, random: generator() };
  const clusters = new Map<number, Cluster>();
  for (let row = 0; row < p; row++) {
    const block = spectrum.blocks[row];
    const cluster = joinCluster(clusters.get(block), spectrum.values[row], norm);
    clusters.set(block, cluster);
    const from = spectrum.starts[block];
    const to = spectrum.starts[block + 1];
    const found = iterate(space, vectors, row, from, to, cluster, spectrum.values[row]);
    if (!found) return undefined;
    cluster.rows.push(row);
  }
  return vectors;
}

/** Neighbouring eigenvalues of one block, and the rows that hold their vectors. */
interface Cluster {
  value: number;
  shift: number;
  rows: number[];
}

function joinCluster(previous: Cluster | undefined, value: number, norm: number): Cluster {
  if (previous === undefined || previous.value - value > CLUSTER_GAP * norm) {
    return { value, shift: value, rows: [] };
  }
  const rounding = Number.EPSILON * norm;
  const apart = Math.min(value, previous.shift - SHIFT_DISTANCE * rounding);
  const shift = Math.max(apart, value - SHIFT_DRIFT_MAX * rounding);
  return { value, shift, rows: previous.rows };
}

/** Fills columns from … to − 1 of the row; whether the vector passes. */
function iterate(
  space: Workspace,
  vectors: Float64Array,
  row: number,
  from: number,
  to: number,
  cluster: Cluster,
  value: number,
): boolean {
  const n = space.diagonal.length;
  const size = to - from;
  const x = vectors.subarray(row * n + from, row * n + to);
  if (size === 1) {
    x[0] = 1;
    return true;
  }
  const rounding = Number.EPSILON * space.norm;
  factorShifted(space.diagonal, space.offDiagonal, from, to, cluster.shift, rounding, space.factors);
  randomise(x, space.random);
  let passed = false;
  for (let step = 0; step < ITERATIONS_MAX; step++) {
    solveShifted(space.factors, x, size);
    if (!normalise(x)) return false;
    const kept = orthogonalise(vectors, x, cluster.rows, n, from);
    if (kept < REMAINDER_MIN && orthogonalise(vectors, x, cluster.rows, n, from) < REMAINDER_MIN) {
      randomise(x, space.random);
      passed = false;
      continue;
    }
    if (passed) return true;
    passed = residual(space, x, from, value) <= residualTolerance(n) * rounding;
  }
  return passed;
}

/** xorshift32 from a fixed seed: values in (−1, 1). */
function generator(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}

function randomise(x: Float64Array, random: () => number): void {
  for (let i = 0; i < x.length; i++) x[i] = random();
}

function normalise(x: Float64Array): boolean {
  const length = norm2(x);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) return false;
  for (let i = 0; i < x.length; i++) x[i] /= length;
  return true;
}

/** Guards against overflow: solutions near an eigenvalue are huge. */
function norm2(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Takes the cluster's vectors out of unit x and makes it a unit vector again; what had been left of it. */
function orthogonalise(
  vectors: Float64Array,
  x: Float64Array,
  rows: readonly number[],
  n: number,
  from: number,
): number {
  if (rows.length === 0) return 1;
  let at = 0;
  for (; at + 3 < rows.length; at += 4) {
    const [a, b, c, d] = [rows[at], rows[at + 1], rows[at + 2], rows[at + 3]];
    takeOutFour(vectors, x, a * n + from, b * n + from, c * n + from, d * n + from);
  }
  for (; at < rows.length; at++) takeOut(vectors, x, rows[at] * n + from);
  const left = norm2(x);
  return normalise(x) ? left : 0;
}

/** Four vectors at a time, which are orthogonal to each other: the additions of one alone wait for each other. */
function takeOutFour(
  vectors: Float64Array,
  x: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  let ofA = 0;
  let ofB = 0;
  let ofC = 0;
  let ofD = 0;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    ofA += vectors[a + i] * xi;
    ofB += vectors[b + i] * xi;
    ofC += vectors[c + i] * xi;
    ofD += vectors[d + i] * xi;
  }
  for (let i = 0; i < x.length; i++) {
    x[i] -= ofA * vectors[a + i] + ofB * vectors[b + i] + (ofC * vectors[c + i] + ofD * vectors[d + i]);
  }
}

function takeOut(vectors: Float64Array, x: Float64Array, start: number): void {
  let inner = 0;
  for (let i = 0; i < x.length; i++) inner += vectors[start + i] * x[i];
  for (let i = 0; i < x.length; i++) x[i] -= inner * vectors[start + i];
}

/** ‖T x − λ x‖ over one block. */
function residual(
  { diagonal, offDiagonal }: Workspace,
  x: Float64Array,
  from: number,
  value: number,
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let entry = (diagonal[from + i] - value) * x[i];
    if (i > 0) entry += offDiagonal[from + i - 1] * x[i - 1];
    if (i < x.length - 1) entry += offDiagonal[from + i] * x[i + 1];
    sum += entry * entry;
  }
  return Math.sqrt(sum);
}
