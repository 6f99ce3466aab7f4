import type { Dtype, RawMatrix } from '../kernel/kernel.js';
import type { Method, RankPolicy, SharedRankPolicy } from '../schemas/aggregation.js';

/** One client's part in one module, ΔW_k = scale · B_k A_k, before its factors are read. */
export interface ModuleShare {
  /** w_k: its share of the examples of all submissions of the round, or as the aggregation's weighting has it. */
  readonly weight: number;
  /** alpha / r, or alpha / √r with rsLoRA. */
  readonly scale: number;
  readonly rank: number;
}

/** One client's factors of one module. */
export interface FactorPair {
  /** (m, rank), unscaled. */
  readonly b: RawMatrix;
  /** (rank, n), unweighted. */
  readonly a: RawMatrix;
}

export interface ModuleClient extends ModuleShare, FactorPair {}

/** One adapted weight matrix and what every client that has it sent for it, in a fixed order. */
export interface ModuleInput {
  readonly name: string;
  readonly shape: readonly [m: number, n: number];
  readonly clients: readonly ModuleClient[];
}

/** The same, with factors that are read when they are needed: there may be more of them than memory holds. */
export interface ModuleSource {
  readonly name: string;
  readonly shape: readonly [m: number, n: number];
  readonly shares: readonly ModuleShare[];
  /** The factors of the clients `from` ≤ k < `to`, in order. May be called again for the same clients. */
  read(from: number, to: number): Promise<readonly FactorPair[]>;
}

/** How many clients have which rank. */
export interface RankCount {
  readonly rank: number;
  readonly clients: number;
}

/** ‖ΔW − what the method publishes‖_F² of each method that FLoRIST is compared with. */
export interface MethodErrors {
  readonly fedit: number;
  /** Always 0: the stack is exact. */
  readonly flora: 0;
  /** 0 where all clients share one A, which makes it exact; null where they do not, which rules it out. */
  readonly 'ffa-lora': 0 | null;
  /** At each rank of `clientRanks`, in that order: FlexLoRA cuts at each client's own rank. */
  readonly flexlora: readonly number[];
}

/**
 * The way to the spectrum: from the Gram matrices, all of it at once or its leading part by iteration, or from ΔW
 * itself, accumulated client by client.
 */
export type ModulePath = 'gram' | 'iteration' | 'update';

/** What one module is, whatever rank is published. */
export interface ModuleMeasure {
  readonly name: string;
  readonly shape: readonly [m: number, n: number];
  /** r = Σ r_k. */
  readonly stackedRank: number;
  /** Distinct ranks of the clients, ascending. */
  readonly clientRanks: readonly RankCount[];
  /** ‖ΔW‖_F². */
  readonly energy: number;
  /** ΔW is zero, or not distinguishable from zero in float64. */
  readonly degenerate: boolean;
  /** σ of ΔW, descending; min(r, m, n) of them, or the leading ones where the path looked for no more. */
  readonly singularValues: readonly number[];
  /** Σ σ² of those that are not listed; 0 where all are. */
  readonly restEnergy: number;
  readonly path: ModulePath;
  /** Why that path was taken. */
  readonly pathReason: string;
  readonly methodErrors: MethodErrors;
  /** ⟨ΔW_i, ΔW_j⟩, K × K row-major, without weights; left out above CLIENT_PRODUCTS_MAX clients. */
  readonly clientProducts?: readonly number[];
}

/** What was published for one module and what making it took. */
export interface ModuleReport extends ModuleMeasure {
  /** The published rank p. */
  readonly rank: number;
  /** ‖ΔW − B_g A_g‖_F² before rounding to the published dtype. */
  readonly squaredError: number;
  /** Share of the energy that the published adapter keeps, 0 to 1. */
  readonly energyKept: number;
  /** Wall-clock seconds: both Grams; everything in r-space; both final products. */
  readonly seconds: { readonly gram: number; readonly solve: number; readonly project: number };
}

/** A rank policy that one module can follow alone; the others are spent over all modules by `allot`. */
export type ModuleRankPolicy = Exclude<RankPolicy, SharedRankPolicy>;

export interface ModulePlan {
  readonly method: Method;
  /** Heeded by FLoRIST alone. */
  readonly rank: ModuleRankPolicy;
  readonly dtype: Dtype;
}

/** One module of the global adapter, to be loaded with a scaling of 1. */
export interface ModuleAdapter {
  readonly report: ModuleReport;
  /** B_g (m, p), row-major little-endian. */
  readonly b: Uint8Array;
  /** A_g (p, n), row-major little-endian. */
  readonly a: Uint8Array;
}
