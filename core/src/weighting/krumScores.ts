import { type ClientProducts, productOf, productRow } from './clientProducts.js';

/**
 * The score of Krum for each client: Σ ‖ΔW_i − ΔW_j‖² over its K − f − 2 nearest others (Blanchard et al., *Machine
 * Learning with Adversaries: Byzantine Tolerant Gradient Descent*, NeurIPS 2017).
 *
 * @param members positions of the K clients to compare; their norms are finite
 * @param faulty f, with K ≥ 2f + 3
 */
export function krumScores(products: ClientProducts, members: readonly number[], faulty: number): number[] {
  const nearest = members.length - faulty - 2;
  if (nearest < faulty + 1)
    throw new Error(`${members.length} clients are too few for ${faulty} faulty ones`);
  const distances = new Float64Array(members.length - 1);
  const row = new Float64Array(products.clients);
  const squares = Float64Array.from(row, (_, k) => productOf(products, k, k));
  return members.map((k) => {
    productRow(products, k, row);
    let filled = 0;
    for (const l of members) {
      // as two differences, of which none is ∞ − ∞
      if (l !== k) distances[filled++] = Math.max(0, squares[k] - row[l] + (squares[l] - row[l]));
    }
    distances.sort();
    let sum = 0;
    for (let i = 0; i < nearest; i++) sum += distances[i];
    return sum;
  });
}
