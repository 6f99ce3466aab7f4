import type { ModuleClient } from '../florist/moduleReport.js';
import { fromFloats } from '../kernel/convert.js';
import type { Dtype } from '../kernel/kernel.js';
import type { Factors } from './caseFactors.js';

/** The directions of a stack, handed out to clients of these ranks in order, each of them rounded to `dtype`. */
export function clientsOf(factors: Factors, ranks: readonly number[], dtype: Dtype): ModuleClient[] {
  let first = 0;
  return ranks.map((rank) => {
    const part = directions(factors, first, rank);
    first += rank;
    return clientOf(part, dtype, ranks.length);
  });
}

export function directions({ b, a }: Factors, first: number, count: number): Factors {
  return { b: b.slice(first, first + count), a: a.slice(first, first + count) };
}

/** A client among `clients` of equally many examples; its scale is such that its factors count in full, times `size`. */
export function clientOf({ b, a }: Factors, dtype: Dtype, clients: number, size = 1): ModuleClient {
  const rank = b.length;
  const [m, n] = [b[0].length, a[0].length];
  const columns = Float64Array.from({ length: m * rank }, (_, t) => b[t % rank][Math.floor(t / rank)]);
  const rows = Float64Array.from({ length: rank * n }, (_, t) => a[Math.floor(t / n)][t % n]);
  return {
    rank,
    scale: clients * size,
    weight: 1 / clients,
    b: { dtype, rows: m, cols: rank, bytes: fromFloats(columns, dtype) },
    a: { dtype, rows: rank, cols: n, bytes: fromFloats(rows, dtype) },
  };
}
