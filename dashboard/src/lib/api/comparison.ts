import type { Method } from './types.ts';

/** What one method costs a round and how far it is from the exact mean. */
export interface MethodCost {
  method: Method;
  tau?: number;
  totalRank: number;
  parameters: number;
  bytes: number;
  uploadBytes: number;
  efficiency: number;
  /** null where the method does not apply or is not known. */
  relativeError: number | null;
  flops: number;
  seconds?: number;
  adapter?: string;
  note?: string;
}

export interface Comparison {
  dtype: 'F32' | 'F16' | 'BF16';
  clients: number;
  modules: number;
  methods: MethodCost[];
}

/** How alike the clients' updates are. */
export interface Similarity {
  module?: string;
  clients: string[];
  weights: number[];
  norms: number[];
  cosineToMean: number[];
  cosine: number[][];
}
