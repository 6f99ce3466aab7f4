import type { BalancedStack } from './balance.js';
import type { ModulePath } from './moduleReport.js';

/** Singular vectors in r-space, over the balanced stack in its own units; rows of (p, r) matrices. */
export interface SingularRows {
  /** B' xᵀ of each row is σ_i u_i / unit. */
  readonly ofB: Float64Array;
  /** x A' of each row is v_iᵀ. */
  readonly ofA: Float64Array;
  /** The one of the two by which the signs are chosen. */
  readonly lead: Float64Array;
}

/** The spectrum of one module and what its singular vectors are made of. */
export interface Decomposition {
  readonly path: ModulePath;
  readonly pathReason: string;
  readonly stack: BalancedStack;
  /** σ of ΔW, descending: min(r, m, n) of them, or those that the path found. */
  readonly singularValues: Float64Array;
  /** Σ σ² of those that it did not look for. */
  readonly restEnergy: number;
  /** @param p at most the number of σ above SIGMA_TOLERANCE · σ_1 */
  rows(p: number): Promise<SingularRows>;
}

/** What of the spectrum is asked for. */
export interface SpectrumGoal {
  /** Share of ‖ΔW‖² that the σ must hold, 0 to 1. */
  readonly energy: number;
  /** How many there must be at least. */
  readonly rank: number;
}
