import { cosine } from '../linalg/cosine.js';
import { type ClientProducts, productOf, productRow } from './clientProducts.js';
import { median } from './median.js';

/**
 * For each client the median of its cosines to the others; an update of zero has the cosine 0 to every other.
 *
 * Lengths play no part in it, and a median of K − 1 values stays among those that honest clients give as long as
 * they are more than half: whatever the others send, they cannot move the score of an honest client below its
 * smallest cosine to an honest one, nor their own above their largest. A mean, even one without the client itself,
 * follows whoever sends the longest update.
 *
 * @param members positions of the clients to compare, at least two; their norms are finite
 */
export function medianCosines(products: ClientProducts, members: readonly number[]): number[] {
  if (members.length < 2) throw new Error('one client has no other to be compared with');
  const norms = members.map((k) => Math.sqrt(Math.max(0, productOf(products, k, k))));
  const cosines = new Float64Array(members.length - 1);
  const row = new Float64Array(products.clients);
  return members.map((k, at) => {
    productRow(products, k, row);
    let filled = 0;
    for (const [other, l] of members.entries()) {
      if (other !== at) cosines[filled++] = cosine(row[l], norms[at], norms[other]);
    }
    return median(cosines);
  });
}
