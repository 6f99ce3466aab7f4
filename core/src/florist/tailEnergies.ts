/**
 * What every rank loses: element p is Σ_{i>p} σ_i² for p = 0 … σ.length, σ in descending order.
 *
 * @param rest Σ σ² of singular values that `sigma` does not list
 */
export function tailEnergies(sigma: ArrayLike<number>, rest = 0): Float64Array {
  const tails = new Float64Array(sigma.length + 1);
  tails[sigma.length] = rest;
  for (let p = sigma.length - 1; p >= 0; p--) tails[p] = tails[p + 1] + sigma[p] * sigma[p];
  return tails;
}
