import { CANCELLATION_TOLERANCE } from '../florist/constants.js';
import type { Kernel } from '../kernel/kernel.js';
import { innerProduct } from '../linalg/innerProduct.js';
import { transpose } from '../linalg/transpose.js';
import type { FactorMeans } from './factorMeans.js';
import type { Accumulated } from './withUpdate.js';

/**
 * Exact ‖ΔW − B̄ Ā‖_F² of FedIT, which publishes the means of both factors: ‖ΔW‖² − 2⟨ΔW, B̄ Ā⟩ + ‖B̄ Ā‖², the inner
 * product as Σ (B̄ᵀ ΔW ∘ Ā), the last as Σ (B̄ᵀB̄ ∘ Ā Āᵀ). What is no more than the rounding of the three counts as 0.
 */
export async function meansError(
  kernel: Kernel,
  { update, energy, means }: Pick<Accumulated, 'update' | 'energy' | 'means'>,
): Promise<number> {
  const { rank, b, a }: FactorMeans = means;
  const [m, n] = update.shape;
  const rows = transpose(b, m, rank);
  const cross = innerProduct(await update.times(rows, rank), a);
  const ofB = await kernel.multiply(rows, b, rank, m, rank);
  const ofA = await kernel.multiply(a, transpose(a, rank, n), rank, n, rank);
  const published = innerProduct(ofB, ofA);
  const error = energy - 2 * cross + published;
  return error > CANCELLATION_TOLERANCE * (energy + 2 * Math.abs(cross) + published) ? error : 0;
}
