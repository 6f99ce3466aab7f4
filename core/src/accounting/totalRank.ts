import type { Method } from '../schemas/aggregation.js';
import { largestRank, type ModuleShape, type RoundShape } from './roundShape.js';

/**
 * Total rank that a method sends to a client: Σ over modules. For FFA-LoRA half of it counts, since only B travels;
 * for FlexLoRA, which cuts at each client's own rank, it is the mean over clients. The FLoRIST paper's accounting.
 */
export function totalRank(method: Method, { clients, modules }: RoundShape): number {
  if (modules.length > 0 && !(clients > 0)) throw new Error('a round with modules has clients');
  return modules.reduce((sum, module) => sum + moduleRank(method, module, clients), 0);
}

/** The same for one module of a round with `clients` clients. */
export function moduleRank(method: Method, module: ModuleShape, clients: number): number {
  switch (method) {
    case 'florist':
      return module.rank;
    case 'fedit':
      return largestRank(module);
    case 'ffa-lora':
      return largestRank(module) / 2;
    case 'flora':
      return module.stackedRank;
    case 'flexlora':
      return module.clientRanks.reduce((sum, count) => sum + count.clients * count.rank, 0) / clients;
  }
}
