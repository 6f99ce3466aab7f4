import { type Aggregation, isShared } from '@florist/core/schemas/aggregation';
import { productsWanted } from '@florist/core/weighting/productsWanted';
import type { Phase } from '../blobs/keys.js';

/**
 * The phases in which an adapter is made, in order. Each is over all modules, and starts when the one before is done:
 * a robust policy weighs clients by their whole adapters, a budget over the whole adapter allots ranks by all spectra.
 */
export function phasesOf({ method, rank, weighting }: Aggregation): readonly [Phase, ...Phase[]] {
  const weighed = weighting !== undefined && productsWanted(weighting) !== undefined;
  const measured = method === 'florist' && isShared(rank);
  if (measured) return weighed ? ['weigh', 'measure', 'project'] : ['measure', 'project'];
  return weighed ? ['weigh', 'aggregate'] : ['aggregate'];
}
