import type { AttemptRef } from '../adapters/refs.js';
import { listFrom } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';
import type { SumRef } from '../sums/refs.js';

/** Everything a federation ever had jobs for. */
export interface DeletedWork {
  attempts: AttemptRef[];
  sums: SumRef[];
}

/**
 * @param adapters round, id, and the numbers of the first and the last attempt of each adapter
 * @param sums key and attempt of each sum
 */
export function deletedWork(
  federation: string,
  adapters: Reply | undefined,
  sums: Reply | undefined,
): DeletedWork {
  return {
    attempts: listFrom(adapters).flatMap((row) => {
      const [round, adapter, first, last] = listFrom(row);
      const count = Number(last) - Number(first) + 1;
      return Array.from({ length: count }, (_, index) => ({
        ...{ federation, round: Number(round), adapter: String(adapter) },
        attempt: Number(first) + index,
      }));
    }),
    sums: listFrom(sums).map((row) => {
      const [sum, attempt] = listFrom(row);
      return { federation, sum: String(sum), attempt: Number(attempt) };
    }),
  };
}
