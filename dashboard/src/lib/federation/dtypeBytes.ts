import type { Aggregation } from '../api/types.ts';

/** Bytes of one element. */
export const DTYPE_BYTES: Readonly<Record<Aggregation['dtype'], number>> = { F32: 4, F16: 2, BF16: 2 };
