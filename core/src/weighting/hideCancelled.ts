import type { Grams } from '../florist/balance.js';
import type { StackLayout } from '../florist/stackLayout.js';

/**
 * ‖ΔW_k‖² at or below this share of (Σ ‖b_j‖‖a_j‖)² over a client's own directions cannot be told to five digits. No
 * training makes factors that cancel each other so far.
 */
const HIDDEN = 1e-10;

/**
 * Puts ∞ for the norm of every client whose own directions cancel each other so far that its Gram blocks do not tell
 * it: a client that sends +M and −M beside a small update looks as small as it likes, whatever M is.
 *
 * @param products (K, K), as clientInnerProducts makes them of the same stack
 */
export function hideCancelled(products: Float64Array, { b, a }: Grams, layout: StackLayout): void {
  const { rank: r, ranks, offsets, scales } = layout;
  const clients = ranks.length;
  for (let k = 0; k < clients; k++) {
    let reach = 0;
    for (let j = offsets[k]; j < offsets[k] + ranks[k]; j++) reach += Math.sqrt(b[j * r + j] * a[j * r + j]);
    reach *= Math.abs(scales[k]);
    const at = k * clients + k;
    if (reach > 0 && products[at] <= HIDDEN * reach * reach) products[at] = Number.POSITIVE_INFINITY;
  }
}
