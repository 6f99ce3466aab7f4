import fc from 'fast-check';
import type { ModuleAdapter, ModuleClient, ModuleInput } from '../../src/florist/moduleReport.js';
import { fromFloats, toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype, RawMatrix } from '../../src/kernel/kernel.js';
import { matrix, normals, times } from '../linalg/dense.js';

/** One client as a test describes it. */
export interface ClientSpec {
  rank: number;
  dtype?: Dtype;
  examples?: number;
  scale?: number;
  /** Factors' sizes, 1 and 1 unless told. */
  sizeA?: number;
  sizeB?: number;
}

export function rawOf(values: Float64Array, rows: number, cols: number, dtype: Dtype = 'F32'): RawMatrix {
  return { dtype, rows, cols, bytes: fromFloats(values, dtype) };
}

/** A module whose clients hold random factors, rounded to their dtype as submissions are. */
export function randomModule(
  shape: readonly [number, number],
  specs: readonly ClientSpec[],
  seed: number,
): ModuleInput {
  const [m, n] = shape;
  const next = normals(seed);
  const total = specs.reduce((sum, { examples = 1 }) => sum + examples, 0);
  const clients = specs.map(
    ({ rank, dtype = 'F32', examples = 1, scale = 2, sizeA = 1, sizeB = 1 }): ModuleClient => ({
      rank,
      scale,
      weight: examples / total,
      b: rawOf(
        matrix(m, rank, () => sizeB * next()),
        m,
        rank,
        dtype,
      ),
      a: rawOf(
        matrix(rank, n, () => sizeA * next()),
        rank,
        n,
        dtype,
      ),
    }),
  );
  return { name: 'layers.0.q_proj', shape, clients };
}

export const valuesOf = ({ bytes, dtype }: RawMatrix): Float64Array => toFloat64(bytes, dtype);

/** ΔW_k = scale_k B_k A_k, densely and without the weight. */
export function denseClient({ rank, scale, a, b }: ModuleClient): Float64Array {
  return times(valuesOf(b), valuesOf(a), b.rows, rank, a.cols).map((x) => scale * x);
}

/** ΔW = Σ w_k ΔW_k, densely. */
export function denseDelta({ shape: [m, n], clients }: ModuleInput): Float64Array {
  const delta = new Float64Array(m * n);
  for (const client of clients) {
    for (const [t, value] of denseClient(client).entries()) delta[t] += client.weight * value;
  }
  return delta;
}

/** What averaging factors apart makes, densely: FedIT averages both, FFA-LoRA B alone beside the widest A. */
export function denseMethod(
  method: 'fedit' | 'ffa-lora',
  { shape: [m, n], clients }: ModuleInput,
): Float64Array {
  const rank = Math.max(...clients.map((client) => client.rank));
  const b = new Float64Array(m * rank);
  let a: Float64Array = new Float64Array(rank * n);
  for (const client of clients) {
    const ownB = valuesOf(client.b);
    const ownA = valuesOf(client.a);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < client.rank; j++) {
        b[i * rank + j] += client.weight * client.scale * ownB[i * client.rank + j];
      }
    }
    if (method === 'fedit') for (const [t, value] of ownA.entries()) a[t] += client.weight * value;
    else if (client.rank === rank) a = ownA;
  }
  return times(b, a, m, rank, n);
}

/** B_g A_g as published. */
export function productOf({ a, b, report }: ModuleAdapter, [m, n]: readonly [number, number], dtype: Dtype) {
  return times(toFloat64(b, dtype), toFloat64(a, dtype), m, report.rank, n);
}

const anyClient: fc.Arbitrary<ClientSpec> = fc.record({
  rank: fc.integer({ min: 1, max: 12 }),
  dtype: fc.constantFrom('F32', 'F16', 'BF16'),
  examples: fc.integer({ min: 1, max: 1000 }),
  scale: fc.constantFrom(0.25, 1, 2, 16 / Math.sqrt(8)),
});

const anySide = fc.integer({ min: 1, max: 24 });

/** Any shape, any clients: the stack is often longer than one side of the matrix, or than both. */
export const anyModule: fc.Arbitrary<ModuleInput> = fc
  .tuple(
    anySide,
    anySide,
    fc.array(anyClient, { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 0, max: 1e6 }),
  )
  .map(([m, n, specs, seed]) => randomModule([m, n], specs, seed));
