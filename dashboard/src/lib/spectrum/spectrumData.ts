/** One module's spectrum, ready for questions about any rank. */
export interface ModuleData {
  name: string;
  shape: readonly [m: number, n: number];
  /** r = Σ r_k of the clients. */
  stackedRank: number;
  /** The published rank p. */
  rank: number;
  /** ‖ΔW‖². */
  energy: number;
  degenerate: boolean;
  /** σ, descending. */
  sigma: Float64Array;
  /** Σ_{j≤i} σ_j², at index i − 1. */
  cumulative: Float64Array;
}

export interface SpectrumData {
  tau: number | undefined;
  modules: ModuleData[];
}
