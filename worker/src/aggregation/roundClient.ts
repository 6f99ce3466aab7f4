import type { AdapterModule } from '@florist/core/peft/adapterFile';

/** One client's submission to a round, as far as aggregation needs it before any tensor is read. */
export interface RoundClient {
  client: string;
  numExamples: number;
  /** Share of the round's training examples. */
  weight: number;
  /** Key of its adapter_model.safetensors. */
  blob: string;
  /** What it adapts, by module name. */
  modules: ReadonlyMap<string, AdapterModule>;
  taskType?: string;
  baseModel?: string;
}
