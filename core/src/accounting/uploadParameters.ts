import type { Method } from '../schemas/aggregation.js';
import type { RoundShape } from './roundShape.js';

/** Parameters that all clients of a round upload together: Σ r_k (m + n); for FFA-LoRA B's alone, Σ r_k m. */
export function uploadParameters(method: Method, { modules }: RoundShape): number {
  return modules.reduce((sum, { shape: [m, n], stackedRank }) => {
    return sum + stackedRank * (method === 'ffa-lora' ? m : m + n);
  }, 0);
}
