import fc from 'fast-check';
import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { heldModule } from '../../src/florist/heldModule.js';
import type { ModuleAdapter, ModulePlan } from '../../src/florist/moduleReport.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype } from '../../src/kernel/kernel.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { factorNames } from '../../src/peft/factorNames.js';
import { encodeHeader } from '../../src/safetensors/encodeHeader.js';
import { parseHeader } from '../../src/safetensors/parseHeader.js';
import { keepRowStarts } from '../../src/slices/keepRowStarts.js';
import { planSlice, type SlicePlan } from '../../src/slices/planSlice.js';
import { sourceSpan } from '../../src/slices/sourceSpan.js';
import { denseDelta, randomModule } from '../florist/modules.js';
import { distance, flipped, frobenius, times } from '../linalg/dense.js';
import { jacobiSvd, truncated } from '../linalg/jacobiSvd.js';

/** Of ‖ΔW‖: both factors are rounded to half of their dtype's last place. */
const ROUNDING: Record<Dtype, number> = { F32: 2 ** -22, F16: 2 ** -10, BF16: 2 ** -7 };

const INPUTS = [
  { ...randomModule([30, 22], [{ rank: 4 }, { rank: 9 }, { rank: 6 }], 5), name: 'layers.0.q_proj' },
  { ...randomModule([7, 22], [{ rank: 4 }, { rank: 9 }, { rank: 6 }], 6), name: 'layers.0.v_proj' },
];

/** An adapter of both modules as the worker writes it: sorted by module, A before B. */
async function publish(plan: ModulePlan): Promise<{ file: Buffer; adapters: ModuleAdapter[] }> {
  const adapters = await Promise.all(
    INPUTS.map((input) => aggregateModule(referenceKernel, heldModule(input), plan)),
  );
  const tensors = adapters.flatMap(({ report: { name, rank, shape } }) => {
    const names = factorNames(name);
    return [
      { name: names.a, dtype: plan.dtype, shape: [rank, shape[1]] },
      { name: names.b, dtype: plan.dtype, shape: [shape[0], rank] },
    ];
  });
  return {
    file: Buffer.concat([encodeHeader(tensors), ...adapters.flatMap(({ a, b }) => [a, b])]),
    adapters,
  };
}

/** The bytes [begin, end) of a slice, read in chunks of a size of the reader's choice. */
function cut(file: Buffer, plan: SlicePlan, chunkBytes: number, begin = 0, end = plan.bytes): Buffer {
  const out: Uint8Array[] = [plan.header.subarray(begin, Math.min(end, plan.header.length))];
  let at = plan.header.length;
  for (const piece of plan.pieces) {
    const wanted = {
      begin: Math.max(0, begin - at),
      end: Math.min(end - at, piece.rows * piece.keptBytes),
    };
    at += piece.rows * piece.keptBytes;
    if (wanted.begin >= wanted.end) continue;
    const source = sourceSpan(piece, wanted);
    for (let from = source.begin; from < source.end; from += chunkBytes) {
      const chunk = Uint8Array.from(file.subarray(from, Math.min(source.end, from + chunkBytes)));
      out.push(keepRowStarts(piece, chunk, from));
    }
  }
  return Buffer.concat(out);
}

/** A tensor of a file by its name. */
function tensorOf(file: Buffer, name: string) {
  const entry = parseHeader(file, file.length).tensors.find((tensor) => tensor.name === name);
  if (entry === undefined) throw new Error(`no tensor ${name}`);
  const bytes = Uint8Array.from(file.subarray(entry.begin, entry.end));
  return { shape: entry.shape, values: toFloat64(bytes, entry.dtype as Dtype) };
}

const florist = (tau: number, dtype: Dtype = 'F32'): ModulePlan => ({
  method: 'florist',
  rank: { policy: 'energy', tau },
  dtype,
});

for (const dtype of ['F32', 'F16', 'BF16'] as const) {
  t.test(`every slice of a ${dtype} adapter is the best approximation of its rank`, async (t) => {
    const { file, adapters } = await publish(florist(1, dtype));
    for (const [index, input] of INPUTS.entries()) {
      const [m, n] = input.shape;
      const delta = denseDelta(input);
      const svd = jacobiSvd(delta, m, n);
      const most = adapters[index].report.rank;
      for (let rank = 1; rank <= most; rank++) {
        const slice = cut(
          file,
          planSlice(parseHeader(file, file.length), () => rank),
          64,
        );
        const a = tensorOf(slice, factorNames(input.name).a);
        const b = tensorOf(slice, factorNames(input.name).b);
        t.same(
          [a.shape, b.shape],
          [
            [rank, n],
            [m, rank],
          ],
        );
        const product = times(b.values, a.values, m, rank, n);
        const off = distance(product, truncated(svd, m, n, rank)) / frobenius(delta);
        t.ok(off < ROUNDING[dtype], `${input.name} at rank ${rank} is off by ${off}`);
        const tail = Math.hypot(...svd.s.subarray(rank));
        const error = distance(product, delta);
        t.ok(
          Math.abs(error - tail) < ROUNDING[dtype] * frobenius(delta),
          `its error is the tail: ${error}, ${tail}`,
        );
        const lengths = times(flipped(b.values, m, rank), b.values, rank, m, rank);
        const sigma = Math.sqrt(lengths[0]);
        t.ok(Math.abs(sigma / svd.s[0] - 1) < ROUNDING[dtype], 'the first column of B_g is σ_1 u_1');
      }
    }
  });
}

t.test('the bytes are those of the adapter, the plan knows how many, and PEFT’s order stays', async (t) => {
  const { file } = await publish(florist(1));
  const header = parseHeader(file, file.length);
  const plan = planSlice(header, () => 3);
  const slice = cut(file, plan, 1 << 20);
  t.equal(slice.length, plan.bytes);
  t.notOk(plan.whole);
  t.same(plan.modules, [
    { name: 'layers.0.q_proj', rank: 3 },
    { name: 'layers.0.v_proj', rank: 3 },
  ]);
  const parsed = parseHeader(slice, slice.length);
  t.same(
    parsed.tensors.map(({ name }) => name),
    header.tensors.map(({ name }) => name),
  );
  for (const { name } of INPUTS) {
    const { a, b } = factorNames(name);
    const [wholeA, wholeB] = [tensorOf(file, a), tensorOf(file, b)];
    const n = wholeA.shape[1];
    t.same(tensorOf(slice, a).values, wholeA.values.subarray(0, 3 * n));
    const p = wholeB.shape[1];
    const columns = wholeB.values.filter((_, at) => at % p < 3);
    t.same(tensorOf(slice, b).values, columns);
  }
});

t.test('a slice that leaves nothing out is the adapter', async (t) => {
  const { file, adapters } = await publish(florist(0.9));
  const header = parseHeader(file, file.length);
  const largest = Math.max(...adapters.map(({ report }) => report.rank));
  const plan = planSlice(header, () => largest);
  t.ok(plan.whole);
  t.same(cut(file, plan, 100), file);
  t.notOk(planSlice(header, () => 1).whole);
});

t.test('each module has a rank of its own, and one without a rank is left out', async (t) => {
  const { file } = await publish(florist(1));
  const header = parseHeader(file, file.length);
  const ranks = new Map([['layers.0.v_proj', 2]]);
  const plan = planSlice(header, (module) => ranks.get(module));
  t.notOk(plan.whole);
  t.same(plan.modules, [{ name: 'layers.0.v_proj', rank: 2 }]);
  const slice = cut(file, plan, 33);
  t.same(
    parseHeader(slice, slice.length).tensors.map(({ shape }) => shape),
    [
      [2, 22],
      [7, 2],
    ],
  );
});

t.test('any range of a slice is that part of it, whatever the chunks', async (t) => {
  const { file } = await publish(florist(1, 'F16'));
  const header = parseHeader(file, file.length);
  const range = fc.record({
    ofQ: fc.integer({ min: 1, max: 20 }),
    ofV: fc.integer({ min: 1, max: 8 }),
    places: fc.tuple(fc.nat(), fc.nat()),
    chunkBytes: fc.integer({ min: 1, max: 300 }),
  });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(range, ({ ofQ, ofV, places, chunkBytes }) => {
        const plan = planSlice(header, (module) => (module.endsWith('q_proj') ? ofQ : ofV));
        const [first = 0, last = 0] = places.map((place) => place % plan.bytes).sort((x, y) => x - y);
        const part = cut(file, plan, chunkBytes, first, last + 1);
        return part.equals(cut(file, plan, file.length).subarray(first, last + 1));
      }),
    ),
  );
});
