import type { RawMatrix, Update, UpdatePart } from '@florist/core/kernel/kernel';
import { float64 } from './float64.js';
import { elementsKey, feedsOf } from './joinParts.js';
import { multiplyModel } from './models/multiplyModel.js';
import { panelModel } from './models/panelModel.js';
import { scaledModel } from './models/scaledModel.js';
import { transposedModel } from './models/transposedModel.js';
import { Tensor } from './onnxRuntime.js';
import type { SessionCache } from './sessionCache.js';
import { toTensor } from './toTensor.js';

/** Rows of ΔW that one product adds to: its result is a copy, which this keeps small beside ΔW. */
const PANEL_ROWS = 512;
/** Inputs of one graph at most, as in joinParts.ts. */
const PARTS_MAX = 128;

/** ΔW (m, n) of zeros, in memory of this process; products with it through ONNX Runtime. */
export function openOnnxUpdate(cache: SessionCache, m: number, n: number): Update {
  let w = new Float64Array(m * n);
  const run = async (x: Float64Array, name: 'x' | 'y', b: number, inner: number) => {
    const left = new Tensor('float64', x, [b, inner]);
    const right = new Tensor('float64', w, [m, n]);
    const product =
      name === 'x'
        ? cache.run('multiply', multiplyModel, { x: left, y: right }, 'product')
        : cache.run('transposed', transposedModel, { y: left, w: right }, 'product');
    return float64(await product);
  };
  return {
    shape: [m, n],
    async add(parts) {
      for (const part of parts) assertPart(part, m, n);
      for (let from = 0; from < parts.length; from += PARTS_MAX) {
        await addParts(cache, w, m, n, parts.slice(from, from + PARTS_MAX));
      }
    },
    energy() {
      let sum = 0;
      for (let i = 0; i < w.length; i++) sum += (w[i] ?? 0) ** 2;
      return sum;
    },
    times: (x, b) => run(x, 'x', b, m),
    timesTransposed: (y, b) => run(y, 'y', b, n),
    release() {
      w = new Float64Array(0);
    },
  };
}

function assertPart({ factor, b, a }: UpdatePart, m: number, n: number): void {
  if (b.rows !== m || a.cols !== n || b.cols !== a.rows) {
    throw new Error(
      `B ${b.rows} × ${b.cols} and A ${a.rows} × ${a.cols} do not fit an update of ${m} × ${n}`,
    );
  }
  if (!Number.isFinite(factor)) throw new Error(`a client counts with factor ${factor}`);
}

async function addParts(
  cache: SessionCache,
  w: Float64Array,
  m: number,
  n: number,
  parts: readonly UpdatePart[],
): Promise<void> {
  const right = await scaled(cache, parts);
  for (let row = 0; row < m; row += PANEL_ROWS) {
    const end = Math.min(m, row + PANEL_ROWS);
    const rows = parts.map(({ b }) => toTensor(rowsOf(b, row, end)));
    const panel = w.subarray(row * n, end * n);
    const feeds = { ...feedsOf(rows), right, panel: new Tensor('float64', panel, [end - row, n]) };
    const elements = rows.map((part) => part.element);
    const sum = await cache.run(`panel ${elementsKey(rows)}`, () => panelModel(elements), feeds, 'sum');
    panel.set(float64(sum));
  }
}

/** The A's on top of each other, (r, n) float64, each row times its client's factor. */
async function scaled(cache: SessionCache, parts: readonly UpdatePart[]): Promise<Tensor> {
  const stack = parts.map(({ a }) => toTensor(a));
  const factors = Float64Array.from(parts.flatMap(({ factor, a }) => Array(a.rows).fill(factor)));
  const elements = stack.map((part) => part.element);
  const feeds = { ...feedsOf(stack), factors: new Tensor('float64', factors, [factors.length, 1]) };
  return cache.run(`scaled ${elementsKey(stack)}`, () => scaledModel(elements), feeds, 'scaled');
}

/** Rows [begin, end) of a matrix, without a copy. */
function rowsOf({ dtype, cols, bytes, rows }: RawMatrix, begin: number, end: number): RawMatrix {
  const width = bytes.byteLength / rows;
  return { dtype, rows: end - begin, cols, bytes: bytes.subarray(begin * width, end * width) };
}
