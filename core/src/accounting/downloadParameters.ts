import type { Method } from '../schemas/aggregation.js';
import type { RoundShape } from './roundShape.js';
import { largestRank } from './roundShape.js';
import { moduleRank } from './totalRank.js';

/**
 * Parameters that a client downloads: p (m + n) for each module of rank p; for FFA-LoRA B's alone, R m; for
 * FlexLoRA the mean over clients.
 */
export function downloadParameters(method: Method, { clients, modules }: RoundShape): number {
  return modules.reduce((sum, module) => {
    const [m, n] = module.shape;
    const own =
      method === 'ffa-lora' ? largestRank(module) * m : moduleRank(method, module, clients) * (m + n);
    return sum + own;
  }, 0);
}
