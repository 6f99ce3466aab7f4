import type { ModuleReport } from '../florist/moduleReport.js';
import type { Aggregation } from '../schemas/aggregation.js';

/** One client of a round and its share of the mean. */
export interface ClientShare {
  readonly client: string;
  readonly numExamples: number;
  /** There where it was late for an earlier round, and counts that much less. */
  readonly staleness?: number;
  /** w_k, as the aggregation's weighting has it: n_k / Σ n_j by default. */
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
  /** The round's clients, sorted by name, without those that the weighting dropped. */
  readonly clients: readonly ClientShare[];
  /** Sorted by name. */
  readonly modules: readonly ReportedModule[];
}
