import type { SpectrumGoal } from '../florist/decomposition.js';
import { blockLanczos, type LeadingPairs } from './blockLanczos.js';
import type { Operator } from './operator.js';

/** Vectors a step: wide enough for the products to run at the machine's rate. */
const BLOCK = 32;
/** Beyond this share of all vectors the direct solver is no slower. */
const DIMENSION_SHARE = 0.5;
/** A goal above this share of the energy reaches into the noise, where an iteration finds vectors one by one. */
const ENERGY_MAX = 0.995;
/** More than this share of the singular values are nearly all of them. */
const RANK_SHARE = 0.25;

/** Whether a goal asks for few enough of `size` singular values for an iteration to be worth while. */
export function asksForLeading({ energy, rank }: SpectrumGoal, size: number): boolean {
  return energy <= ENERGY_MAX && rank <= RANK_SHARE * size;
}

/**
 * The leading singular pairs behind an operator. The energy is known beforehand, so the iteration ends when enough of
 * it is found.
 *
 * @param energy ‖ΔW‖² in the operator's units
 * @returns undefined where the spectrum is too flat for that to be soon
 */
export function findLeading(
  operator: Operator,
  energy: number,
  goal: SpectrumGoal,
): Promise<LeadingPairs | undefined> {
  return blockLanczos(operator, {
    total: energy,
    energy: goal.energy * energy,
    rank: goal.rank,
    block: BLOCK,
    dimensionMax: Math.floor(DIMENSION_SHARE * operator.size),
  });
}
