import type { Dtype } from '../kernel/kernel.js';

/** Where one factor lies in its file: `rows × cols`, row-major. `begin` and `end` are absolute byte offsets. */
export interface FactorSpan {
  tensor: string;
  dtype: Dtype;
  rows: number;
  cols: number;
  begin: number;
  end: number;
}

/** One adapted weight matrix: ΔW = scale · B A with B (m, rank) and A (rank, n). */
export interface AdapterModule {
  name: string;
  shape: [m: number, n: number];
  rank: number;
  scale: number;
  a: FactorSpan;
  b: FactorSpan;
}

/** A whole LoRA adapter, its modules sorted by name (by UTF-16 code units). */
export interface AdapterFile {
  modules: AdapterModule[];
  fanInFanOut: boolean;
  baseModel?: string;
  taskType?: string;
  /** The largest rank among the modules. */
  rank: number;
}
