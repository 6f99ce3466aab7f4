import type { ModuleSource } from '../florist/moduleReport.js';
import { stackedRank } from '../florist/stackedRank.js';
import { DTYPE_BYTES, fromFloats, toFloat64 } from '../kernel/convert.js';
import type { Dtype, RawMatrix } from '../kernel/kernel.js';
import { clientBatches } from './clientBatches.js';

/**
 * The stack that FLoRA publishes, in `dtype`: [scale_1 B_1 | …], (m, r), and [w_1 A_1; …], (r, n). It takes as much
 * memory as it has bytes, which grow with the number of clients.
 *
 * @throws Refusal dtype_overflow
 */
export async function joinFactors(
  source: ModuleSource,
  dtype: Dtype,
): Promise<{ rank: number; b: Uint8Array; a: Uint8Array }> {
  const [m, n] = source.shape;
  const rank = stackedRank(source.shares);
  const size = DTYPE_BYTES[dtype];
  const b = new Uint8Array(m * rank * size);
  const a = new Uint8Array(rank * n * size);
  let first = 0;
  for await (const clients of clientBatches(source)) {
    for (const client of clients) {
      const columns = scaled(client.b, client.scale, dtype);
      const width = client.rank * size;
      for (let i = 0; i < m; i++) {
        b.set(columns.subarray(i * width, (i + 1) * width), (i * rank + first) * size);
      }
      a.set(scaled(client.a, client.weight, dtype), first * n * size);
      first += client.rank;
    }
  }
  return { rank, b, a };
}

function scaled({ bytes, dtype }: RawMatrix, factor: number, published: Dtype): Uint8Array {
  return fromFloats(
    toFloat64(bytes, dtype).map((value) => factor * value),
    published,
  );
}
