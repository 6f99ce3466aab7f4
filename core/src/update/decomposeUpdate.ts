import { RESOLVED } from '../florist/coefficients.js';
import type { SpectrumGoal } from '../florist/decomposition.js';
import { orthonormaliseRows } from '../florist/orthonormaliseRows.js';
import { signOf } from '../florist/signOf.js';
import { asksForLeading, findLeading } from '../iteration/findLeading.js';
import type { Operator } from '../iteration/operator.js';
import { updateOperator } from '../iteration/updateOperator.js';
import type { Kernel, Update } from '../kernel/kernel.js';
import { eigenSymmetric } from '../linalg/eigenSymmetric.js';
import { scaleRow } from '../linalg/scaleRow.js';
import { transpose } from '../linalg/transpose.js';
import type { Accumulated } from './withUpdate.js';

/** Rows of the Gram matrix that are made at a time. */
const ROWS = 32;

/** Factors of a truncated update, float64. */
export interface UpdateFactors {
  /** U_p S_p, (m, p). */
  readonly b: Float64Array;
  /** V_pᵀ, (p, n). */
  readonly a: Float64Array;
}

/** The spectrum of a dense update. */
export interface UpdateSpectrum {
  /** How it was found. */
  readonly how: string;
  /** Descending: min(m, n) of them, or those that were looked for. */
  readonly singularValues: Float64Array;
  /** Σ σ² of the others. */
  readonly restEnergy: number;
  /** @param p at most the number of σ above SIGMA_TOLERANCE · σ_1 */
  factors(p: number): Promise<UpdateFactors>;
}

/**
 * The singular values of ΔW (m, n) from its shorter side: the leading ones by block Lanczos where these hold the
 * energy asked for, all by the direct solver on ΔW's own Gram matrix otherwise.
 */
export async function decomposeUpdate(
  kernel: Kernel,
  { update, energy, resolution }: Pick<Accumulated, 'update' | 'energy' | 'resolution'>,
  goal: SpectrumGoal,
): Promise<UpdateSpectrum> {
  const sigmas = (squares: Float64Array) =>
    squares.map((square) => (square > resolution ** 2 ? Math.sqrt(square) : 0));
  const operator = updateOperator(kernel, update);
  const { size } = operator;
  if (asksForLeading(goal, size)) {
    const found = await findLeading(operator, energy, goal);
    if (found !== undefined) {
      const captured = found.values.reduce((sum, value) => sum + value, 0);
      const how = `${found.dimension} vectors sufficed for the leading singular values`;
      return spectrum(kernel, update, how, sigmas(found.values), Math.max(0, energy - captured), async (p) =>
        found.x.slice(0, p * size),
      );
    }
  }
  const eigen = eigenSymmetric(await gramOf(operator), size);
  const how = 'all singular values, from its own Gram matrix';
  return spectrum(kernel, update, how, sigmas(eigen.values), 0, (p) => eigen.vectors(p, kernel.multiply));
}

function spectrum(
  kernel: Kernel,
  update: Update,
  how: string,
  singularValues: Float64Array,
  restEnergy: number,
  vectors: (p: number) => Promise<Float64Array>,
): UpdateSpectrum {
  return {
    how,
    singularValues,
    restEnergy,
    factors: async (p) => factorsOf(kernel, update, singularValues, await vectors(p), p),
  };
}

/** The symmetric matrix behind the operator, (size, size), a block of unit vectors at a time. */
async function gramOf({ size, image }: Operator): Promise<Float64Array> {
  const gram = new Float64Array(size * size);
  for (let from = 0; from < size; from += ROWS) {
    const rows = Math.min(ROWS, size - from);
    const units = new Float64Array(rows * size);
    for (let i = 0; i < rows; i++) units[i * size + from + i] = 1;
    gram.set(await image(units, rows), from * size);
  }
  return gram;
}

/**
 * U_p S_p and V_pᵀ from the singular vectors of the shorter side, as rows: the other side's are their images under
 * ΔW. Each pair takes the sign that makes the largest entry of its row of V_pᵀ positive.
 */
async function factorsOf(
  kernel: Kernel,
  update: Update,
  sigma: Float64Array,
  vectors: Float64Array,
  p: number,
): Promise<UpdateFactors> {
  const [m, n] = update.shape;
  const tall = n <= m;
  const a = tall ? vectors : await update.times(vectors, p);
  const bTransposed = tall ? await update.timesTransposed(vectors, p) : vectors;
  for (let i = 0; i < p; i++) {
    if (!tall) {
      scaleRow(a, i, 1 / sigma[i], n);
      scaleRow(bTransposed, i, sigma[i], m);
    }
    const sign = signOf(a, i * n, n);
    scaleRow(a, i, sign, n);
    scaleRow(bTransposed, i, sign, m);
  }
  if (!tall && sigma[p - 1] < RESOLVED * sigma[0]) {
    await orthonormaliseRows(kernel, a, a, bTransposed, p);
  }
  return { b: transpose(bTransposed, p, m), a };
}
