import type { AdapterModule } from '@florist/core/peft/adapterFile';

/** Where the factors of one adapter of a stack are, and how much they count. */
export type StackSource = Pick<RoundClient, 'weight' | 'blob' | 'modules'>;

/** One client's submission to a round, as far as aggregation needs it before any tensor is read. */
export interface RoundClient {
  client: string;
  numExamples: number;
  /** There where it was late for an earlier round, and counts that much less. */
  staleness?: number;
  /** w_k: its share of the round's training examples, or as the aggregation's weighting has it. */
  weight: number;
  /** Key of its adapter_model.safetensors. */
  blob: string;
  /** What it adapts, by module name. */
  modules: ReadonlyMap<string, AdapterModule>;
  taskType?: string;
  baseModel?: string;
}
