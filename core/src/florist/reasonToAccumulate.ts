/**
 * Stacks up to this rank go through their Gram matrices in any case: these are small, and tell the whole spectrum
 * and the clients' inner products at once.
 */
export const STACK_RANK_MIN = 512;

/** Numbers of a ΔW that is accumulated though its stack is smaller: 512 MB, above any matrix but an embedding. */
const UPDATE_ENTRIES_MAX = 2 ** 26;

/** Why ΔW is accumulated whatever its stack's rank. */
export const CANCELLING_REASON =
  'the clients’ updates cancel each other too far for Gram matrices to tell what remains';

/** Whether ΔW may be accumulated where its stack alone gives no reason to. */
export function fitsAsUpdate([m, n]: readonly [m: number, n: number]): boolean {
  return m * n <= UPDATE_ENTRIES_MAX;
}

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
