import type { AttemptRef } from '../adapters/refs.js';

/** One try at making a sum of rounds. */
export interface SumRef {
  federation: string;
  /** Stands for what it is the sum of, τ and dtype: equal sums have equal keys. */
  sum: string;
  /** Never used twice in a federation, so a late try never touches what another has published. */
  attempt: number;
}

/** The adapter that a round contributes to a sum. */
export interface SumSource extends Omit<AttemptRef, 'federation'> {
  /** Of its adapter_model.safetensors. */
  sha256: string;
}
