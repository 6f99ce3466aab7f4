import type { Weighting } from '../schemas/weighting.js';
import type { ProductKind } from './clientProducts.js';

/** What must be known of the clients' updates before they can be weighed; undefined where nothing must. */
export function productsWanted({ robust }: Weighting): ProductKind | undefined {
  if (robust === undefined) return undefined;
  return robust.dropCosine !== undefined || robust.multiKrum !== undefined ? 'triangle' : 'diagonal';
}
