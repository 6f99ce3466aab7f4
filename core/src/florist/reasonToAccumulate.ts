/**
 * Stacks up to this rank go through their Gram matrices in any case: these are small, and tell the whole spectrum
 * and the clients' inner products at once.
 */
export const STACK_RANK_MIN = 512;

/**
 * Why the ΔW (m, n) of a stack of rank r had better be accumulated client by client, in m · n numbers however many
 * clients there are; undefined where its Gram matrices cost less.
 *
 * Both Gram matrices take r² (m + n) / 2 multiply-adds, ΔW takes m n r: they are even at r = 2 m n / (m + n), where
 * the stack is also as large as ΔW.
 */
export function reasonToAccumulate([m, n]: readonly [m: number, n: number], r: number): string | undefined {
  if (r <= STACK_RANK_MIN || r * (m + n) <= 2 * m * n) return undefined;
  return `stacked rank ${r}: the stack is larger than the ${m} × ${n} update itself`;
}
