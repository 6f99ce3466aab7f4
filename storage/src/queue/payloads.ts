import type { Aggregation } from '@florist/core/schemas/aggregation';
import type { AttemptRef } from '../adapters/refs.js';
import type { Phase } from '../blobs/keys.js';

/** Data of a job in florist-aggregate: one group of modules. */
export interface PartJob extends AttemptRef {
  phase: Phase;
  index: number;
  modules: string[];
  aggregation: Aggregation;
  /** Phase 'project': the rank that the budget allots to each module. */
  ranks?: Record<string, number>;
}

/** Data of a job in florist-publish: the whole adapter. */
export interface PublishJob extends AttemptRef {
  aggregation: Aggregation;
  /** Modules of each part, by index; the same in every phase. */
  groups: string[][];
  /** The first of `phasesOf(aggregation)`: the children that the flow starts with. */
  phase: Phase;
  fanInFanOut: boolean;
  baseModel?: string;
  /** When this attempt began. */
  startedAt: string;
}
