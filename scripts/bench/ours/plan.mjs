// @ts-check
import { TAU } from '../../demo/cast.mjs';

/** What every row of the benchmark publishes. */
export const PLAN = /** @type {const} */ ({
  method: 'florist',
  rank: { policy: 'energy', tau: TAU },
  dtype: 'F32',
});
