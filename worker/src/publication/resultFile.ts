import type { ModuleReport } from '@florist/core/florist/moduleReport';
import type { Aggregation } from '@florist/core/schemas/aggregation';
import type { PartClient } from '../aggregation/partIndex.js';

/** result.json of a published adapter: all that is known of it beyond its tensors. */
export interface ResultFile {
  aggregation: Aggregation;
  executionProvider: string;
  computeSeconds: number;
  /** The round's clients, sorted by name. */
  clients: readonly PartClient[];
  modules: readonly ResultModule[];
}

export interface ResultModule extends ModuleReport {
  /** Positions in the round's clients of those that have the module: the order of `clientProducts`. */
  clients: readonly number[];
}
