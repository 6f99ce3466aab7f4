import type { Dtype } from '@florist/core/kernel/kernel';
import type { SumRef, SumSource } from '../sums/refs.js';

/** Groups into which the modules of a sum are split: few, since each reads the header of every source again. */
export const SUM_PARTS_MAX = 16;

/** Data of a job in florist-sum: a sum of rounds. What it is the sum of is in the ledger. */
export type SumJob = SumRef;

/** Data of a job in florist-aggregate that makes one group of a sum's modules. */
export interface SumPartJob extends SumRef {
  index: number;
  modules: string[];
  sources: SumSource[];
  tau: number;
  dtype: Dtype;
}
