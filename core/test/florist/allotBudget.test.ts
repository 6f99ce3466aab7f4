import fc from 'fast-check';
import t from 'tap';
import type { ModuleSpectrum } from '../../src/florist/allot.js';
import { allotBudget } from '../../src/florist/allotBudget.js';
import { DTYPE_BYTES } from '../../src/kernel/convert.js';
import type { Dtype } from '../../src/kernel/kernel.js';

const bytesOf = (spectra: readonly ModuleSpectrum[], ranks: readonly number[], dtype: Dtype) =>
  spectra.reduce((sum, { shape: [m, n] }, i) => sum + ranks[i] * (m + n) * DTYPE_BYTES[dtype], 0);

const energyOf = (spectra: readonly ModuleSpectrum[], ranks: readonly number[]) =>
  spectra.reduce(
    (sum, { singularValues }, i) =>
      sum + singularValues.slice(0, ranks[i]).reduce((own, x) => own + x * x, 0),
    0,
  );

const anySpectrum = (shapes: fc.Arbitrary<[number, number]>): fc.Arbitrary<ModuleSpectrum> =>
  fc.record({
    shape: shapes,
    singularValues: fc
      .array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 1, maxLength: 7 })
      .map((values) => values.map((x) => x ** 3).sort((x, y) => y - x)),
  });

/** Shapes as models have them, and shapes that have nothing in common. */
const anySpectra = fc.oneof(
  fc.array(anySpectrum(fc.constant([8, 8])), { minLength: 1, maxLength: 6 }),
  fc.array(anySpectrum(fc.constantFrom([16, 16], [2, 16], [16, 43])), { minLength: 1, maxLength: 6 }),
  fc.array(anySpectrum(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))), {
    minLength: 1,
    maxLength: 5,
  }),
);
const anyDtype = fc.constantFrom<Dtype[]>('F32', 'F16', 'BF16');
const anyRoom = fc.double({ min: 1, max: 5, noNaN: true });

/** A budget of rank 1 for all, times `room`. */
const budgetOf = (spectra: readonly ModuleSpectrum[], dtype: Dtype, room: number) =>
  Math.floor(
    room *
      bytesOf(
        spectra,
        spectra.map(() => 1),
        dtype,
      ),
  );

t.test('within the budget, at least 1, never more than there is', async () => {
  fc.assert(
    fc.property(anySpectra, anyDtype, anyRoom, (spectra, dtype, room) => {
      const bytes = budgetOf(spectra, dtype, room);
      const ranks = allotBudget(spectra, bytes, dtype);
      return (
        bytesOf(spectra, ranks, dtype) <= bytes &&
        ranks.every((rank, i) => {
          const { singularValues: sigma } = spectra[i];
          const most = sigma.filter((x) => x > 1e-7 * sigma[0]).length;
          return Number.isInteger(rank) && rank >= 1 && rank <= Math.max(1, most);
        })
      );
    }),
    { numRuns: 500, seed: 5 },
  );
});

t.test('no uniform rank of the same bytes keeps more energy', async () => {
  fc.assert(
    fc.property(anySpectra, anyDtype, anyRoom, (spectra, dtype, room) => {
      const bytes = budgetOf(spectra, dtype, room);
      const energy = energyOf(spectra, allotBudget(spectra, bytes, dtype));
      for (let p = 1; p <= 7; p++) {
        const uniform = spectra.map(({ singularValues }) => Math.min(p, singularValues.length));
        if (bytesOf(spectra, uniform, dtype) > bytes) break;
        if (energyOf(spectra, uniform) > energy * (1 + 1e-12) + 1e-12) return false;
      }
      return true;
    }),
    { numRuns: 1000, seed: 6 },
  );
});

t.test('nothing more fits that would keep more', async () => {
  fc.assert(
    fc.property(anySpectra, anyDtype, anyRoom, (spectra, dtype, room) => {
      const bytes = budgetOf(spectra, dtype, room);
      const ranks = allotBudget(spectra, bytes, dtype);
      const left = bytes - bytesOf(spectra, ranks, dtype);
      return spectra.every(({ shape: [m, n], singularValues: sigma }, i) => {
        const useful = ranks[i] < sigma.length && sigma[ranks[i]] > 1e-7 * sigma[0];
        return !useful || (m + n) * DTYPE_BYTES[dtype] > left;
      });
    }),
    { numRuns: 500, seed: 7 },
  );
});

/** The best of all combinations of ranks, by trying them. */
function exhaustive(
  spectra: readonly ModuleSpectrum[],
  bytes: number,
  dtype: Dtype,
  ranks: number[] = [],
): number {
  if (ranks.length === spectra.length) {
    return bytesOf(spectra, ranks, dtype) <= bytes ? energyOf(spectra, ranks) : Number.NEGATIVE_INFINITY;
  }
  const choices = spectra[ranks.length].singularValues.map((_, i) => i + 1);
  return Math.max(...choices.map((rank) => exhaustive(spectra, bytes, dtype, [...ranks, rank])));
}

t.test('modules of one shape: the optimum; of any shapes: short of it by less than one rank', async () => {
  fc.assert(
    fc.property(anySpectra, anyRoom, (all, room) => {
      const spectra = all.slice(0, 4);
      const bytes = budgetOf(spectra, 'F32', room);
      const best = exhaustive(spectra, bytes, 'F32');
      const found = energyOf(spectra, allotBudget(spectra, bytes, 'F32'));
      const oneShape = new Set(spectra.map(({ shape: [m, n] }) => m + n)).size === 1;
      const oneRank = Math.max(
        0,
        ...spectra.flatMap(({ singularValues }) => singularValues.slice(1, 2).map((x) => x * x)),
      );
      return found <= best + 1e-9 && found >= best - (oneShape ? 1e-9 : oneRank + 1e-9);
    }),
    { numRuns: 200, seed: 8 },
  );
});

t.test('energy is spent where it is: a strong module gets more', async (t) => {
  const strong: ModuleSpectrum = { shape: [64, 64], singularValues: [9, 8, 7, 6] };
  const weak: ModuleSpectrum = { shape: [64, 64], singularValues: [1, 0.5, 0.2, 0.1] };
  const nothing: ModuleSpectrum = { shape: [64, 64], singularValues: [0, 0, 0, 0] };
  t.strictSame(allotBudget([weak, strong, nothing], 6 * 512, 'F32'), [1, 4, 1]);
  t.strictSame(allotBudget([weak, strong, nothing], 1e9, 'F32'), [4, 4, 1], 'no rank is spent on nothing');
});

t.test('where steps by density leave a gap, the uniform rank is better and is taken', async (t) => {
  const wide: ModuleSpectrum = { shape: [5, 5], singularValues: [20, 10, 1].map(Math.sqrt) };
  const narrow: ModuleSpectrum = { shape: [3, 3], singularValues: [20, 6.6, 6.3].map(Math.sqrt) };
  t.strictSame(allotBudget([wide, narrow], 64, 'F16'), [2, 2], '[1, 3] would leave 8 bytes and keep less');
});

t.test('it is energy per byte that counts, not energy', async (t) => {
  const wide: ModuleSpectrum = { shape: [50, 50], singularValues: [9, 2] };
  const narrow: ModuleSpectrum = { shape: [5, 5], singularValues: [9, ...Array<number>(12).fill(1.9)] };
  t.strictSame(allotBudget([wide, narrow], 440, 'F32'), [1, 1]);
  t.strictSame(allotBudget([wide, narrow], 840, 'F32'), [1, 11]);
});

t.test('a budget below rank 1 of all is refused, and says what is needed', async (t) => {
  const spectra: ModuleSpectrum[] = [
    { shape: [10, 6], singularValues: [1] },
    { shape: [4, 4], singularValues: [1] },
  ];
  t.strictSame(allotBudget(spectra, 96, 'F32'), [1, 1]);
  t.throws(() => allotBudget(spectra, 95, 'F32'), { code: 'budget_too_small', message: /96 bytes/ });
  t.strictSame(allotBudget(spectra, 48, 'BF16'), [1, 1]);
});
