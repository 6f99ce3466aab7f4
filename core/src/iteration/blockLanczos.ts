import { eigenSymmetric } from '../linalg/eigenSymmetric.js';
import { transpose } from '../linalg/transpose.js';
import { Basis } from './basis.js';
import type { Operator } from './operator.js';
import { orthonormaliseTwice } from './orthonormalise.js';
import { startBlock } from './startBlock.js';

/** A Ritz pair counts as converged when its residual is below this share of the largest σ². */
const CONVERGED = 1e-9;
/** A new direction shorter than this share of the largest σ² is rounding: the subspace is invariant. */
const INVARIANT = 1e-11;
/** An invariant subspace that leaves out more than this share of all energy is not the whole space. */
const LEFT_OUT = 1e-9;
/** σ² that differ by less than this share are one σ², found more than once. */
const REPEATED = 1e-6;

export interface LeadingGoal {
  /** What all σ² add up to. */
  total: number;
  /** Stop once converged σ² add up to this … */
  energy: number;
  /** … and there are at least this many. */
  rank: number;
  /** Vectors a step. */
  block: number;
  /** Give up beyond this many vectors: a direct decomposition is cheaper. */
  dimensionMax: number;
}

export interface LeadingPairs {
  /** σ_i², descending: the leading ones, converged. */
  values: Float64Array;
  /** (values.length, size): x_i, orthonormal in the metric. */
  x: Float64Array;
  /** (values.length, size): x_i N. */
  z: Float64Array;
  /** Vectors the iteration needed. */
  dimension: number;
}

/**
 * Leading eigenpairs by block Lanczos with full reorthogonalisation (Golub and Underwood, 1977; Parlett, The
 * Symmetric Eigenvalue Problem, §13.10), stopped when the goal is met. Two products of (b, size) with
 * (size, size) a step. Deterministic.
 *
 * A Krylov space holds at most as many vectors of one σ as its block is wide. Where it finds that many, there may be
 * more, and nothing tells which of them lead.
 *
 * @returns undefined when `dimensionMax` vectors did not suffice, or a σ repeats too often
 */
export async function blockLanczos(op: Operator, goal: LeadingGoal): Promise<LeadingPairs | undefined> {
  const { size } = op;
  const b = Math.min(goal.block, size);
  const first = startBlock(b, size);
  let next = await orthonormaliseTwice(op, first, await op.metric(first, b), b, 0);
  const basis = new Basis(size, Math.min(goal.dimensionMax, size) + goal.block);
  while (next.rows > 0) {
    if (basis.dimension + next.rows > goal.dimensionMax) return undefined;
    basis.append(next);
    const remainder = await extend(op, basis, next.z, next.rows);
    const v = await op.metric(remainder, next.rows);
    const floor = (INVARIANT * basis.largestDiagonal()) ** 2;
    const following = await orthonormaliseTwice(op, remainder, v, next.rows, floor);
    const found = await harvest(op, basis, remainder, v, next.rows, goal, following.rows === 0);
    if (found) return found;
    next = following;
  }
  return undefined;
}

/** Projects K onto the basis, which just grew by z (rows, size), and returns what lies outside: (rows, size). */
async function extend(op: Operator, basis: Basis, z: Float64Array, rows: number): Promise<Float64Array> {
  const { size } = op;
  const w = await op.image(z, rows);
  const outside = new Float64Array(w);
  // The second pass restores orthogonality to rounding ("twice is enough", Kahan and Parlett).
  for (let pass = 0; pass < 2; pass += 1) {
    const inside = await op.multiply(basis.z(), transpose(outside, rows, size), basis.dimension, size, rows);
    if (pass === 0) basis.project(inside, rows);
    const correction = await op.multiply(
      transpose(inside, basis.dimension, rows),
      basis.x(),
      rows,
      basis.dimension,
      size,
    );
    for (let i = 0; i < outside.length; i += 1) outside[i] -= correction[i];
  }
  return outside;
}

/** The converged leading pairs, once they meet the goal. */
async function harvest(
  op: Operator,
  basis: Basis,
  remainder: Float64Array,
  v: Float64Array,
  rows: number,
  goal: LeadingGoal,
  invariant: boolean,
): Promise<LeadingPairs | undefined> {
  if (!invariant && (basis.trace() < goal.energy || basis.dimension < goal.rank)) return undefined;
  const { dimension } = basis;
  const { values, vectors } = eigenSymmetric(basis.matrix(), dimension);
  const whole = invariant && basis.trace() >= (1 - LEFT_OUT) * goal.total;
  const wanted = leadersFor(values, goal) ?? (whole ? dimension : undefined);
  if (wanted === undefined || (!whole && repeats(values, wanted, goal.block))) return undefined;
  const u = await vectors(wanted, op.multiply);
  const gram = await op.multiply(remainder, transpose(v, rows, op.size), rows, op.size, rows);
  for (let i = 0; i < wanted && !invariant; i += 1) {
    if (residual(u, i, dimension, gram, rows) > CONVERGED * values[0]) return undefined;
  }
  return {
    values: values.slice(0, wanted),
    x: await op.multiply(u, basis.x(), wanted, dimension, op.size),
    z: await op.multiply(u, basis.z(), wanted, dimension, op.size),
    dimension,
  };
}

/** How many leading Ritz values meet the goal, or undefined if all together do not. */
function leadersFor(values: Float64Array, goal: LeadingGoal): number | undefined {
  let energy = 0;
  for (let i = 0; i < values.length; i += 1) {
    energy += Math.max(values[i], 0);
    if (energy >= goal.energy && i + 1 >= goal.rank) return i + 1;
  }
  return undefined;
}

/** Whether some of the leading `count` values occurs `times` times. */
function repeats(values: Float64Array, count: number, times: number): boolean {
  for (let i = 0; i < count && i + times <= values.length; i += 1) {
    if (values[i] - values[i + times - 1] <= REPEATED * values[i]) return true;
  }
  return false;
}

/** Norm, in the metric, of x K − θ x: only the newest block reaches outside the basis. */
function residual(u: Float64Array, i: number, dimension: number, gram: Float64Array, rows: number): number {
  const last = (i + 1) * dimension - rows;
  let sum = 0;
  for (let j = 0; j < rows; j += 1) {
    for (let k = 0; k < rows; k += 1) sum += u[last + j] * gram[j * rows + k] * u[last + k];
  }
  return Math.sqrt(Math.max(sum, 0));
}
