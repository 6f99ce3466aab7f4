import type { ModuleReport } from '../florist/moduleReport.js';
import type { Aggregation } from '../schemas/aggregation.js';

/** One client of a round and its share of the mean. */
export interface ClientShare {
  readonly client: string;
  readonly numExamples: number;
  /** w_k = n_k / Σ n_j. */
  readonly weight: number;
}

/** The report of one module and who had it. */
export interface ReportedModule extends ModuleReport {
  /** Positions in the round's clients of those that have the module: the order of `clientProducts`. */
  readonly clients: readonly number[];
}

/** result.json of a published adapter: all that is known of it beyond its tensors. */
export interface AdapterReport {
  readonly aggregation: Aggregation;
  readonly executionProvider: string;
  readonly computeSeconds: number;
  /** The round's clients, sorted by name. */
  readonly clients: readonly ClientShare[];
  /** Sorted by name. */
  readonly modules: readonly ReportedModule[];
}
