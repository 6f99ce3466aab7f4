import type { Method } from '../schemas/aggregation.js';
import type { ModuleShape, RoundShape } from './roundShape.js';

/**
 * What aggregation costs the server, in the paper's model: leading terms without constants, per module of m × n
 * with r = Σ r_k, K clients that have it and published rank p.
 *
 *     FlexLoRA   K m n + min(m, n) m n + r² (m + n)      dense ΔW, its SVD
 *     FLoRIST    r² (m + n + r) + p² (m + n)
 *     FedIT      r (m + n)                               every element of both factors once
 *     FFA-LoRA   r m                                     every element of B once
 *     FLoRA      0                                       the stack is passed on
 *
 * The first two are the paper's, the others the same count for methods that only average.
 */
export function serverOperations(method: Method, { modules }: RoundShape): number {
  return modules.reduce((sum, module) => sum + moduleOperations(method, module), 0);
}

function moduleOperations(
  method: Method,
  { shape, stackedRank: r, clientRanks, rank: p }: ModuleShape,
): number {
  const [m, n] = shape;
  switch (method) {
    case 'florist':
      return r * r * (m + n + r) + p * p * (m + n);
    case 'flexlora': {
      const clients = clientRanks.reduce((sum, count) => sum + count.clients, 0);
      return clients * m * n + Math.min(m, n) * m * n + r * r * (m + n);
    }
    case 'fedit':
      return r * (m + n);
    case 'ffa-lora':
      return r * m;
    case 'flora':
      return 0;
  }
}
