import fc from 'fast-check';
import t from 'tap';
import type { ModuleSpectrum } from '../../src/florist/allot.js';
import { allotTotalRank } from '../../src/florist/allotTotalRank.js';

const anySpectrum: fc.Arbitrary<ModuleSpectrum> = fc
  .array(fc.double({ min: 1e-3, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 })
  .map((sigma) => ({ shape: [64, 48] as const, singularValues: sigma.sort((x, y) => y - x) }));

const energyOf = (spectra: readonly ModuleSpectrum[], ranks: readonly number[]) =>
  spectra.reduce(
    (sum, { singularValues }, i) =>
      sum + singularValues.slice(0, ranks[i]).reduce((all, x) => all + x * x, 0),
    0,
  );

t.test(
  'spends the ranks where they keep the most: every rank costs the same, so the largest σ win',
  async () => {
    fc.assert(
      fc.property(fc.array(anySpectrum, { minLength: 1, maxLength: 6 }), fc.nat(40), (spectra, more) => {
        const total = spectra.length + more;
        const ranks = allotTotalRank(spectra, total);
        const first = spectra.reduce((sum, { singularValues: [sigma] }) => sum + sigma * sigma, 0);
        const others = spectra.flatMap(({ singularValues }) => singularValues.slice(1).map((x) => x * x));
        const best = others.sort((x, y) => y - x).slice(0, more);
        const optimum = best.reduce((sum, energy) => sum + energy, first);
        return (
          ranks.every((rank, i) => rank >= 1 && rank <= spectra[i].singularValues.length) &&
          ranks.reduce((sum, rank) => sum + rank, 0) <= total &&
          Math.abs(energyOf(spectra, ranks) - optimum) <= 1e-9 * optimum
        );
      }),
      { numRuns: 300, seed: 77 },
    );
  },
);

t.test('refuses a total that cannot give every module rank 1', (t) => {
  const spectrum = { shape: [4, 4] as const, singularValues: [1] };
  t.throws(() => allotTotalRank([spectrum, spectrum], 1), { code: 'budget_too_small' });
  t.strictSame(allotTotalRank([spectrum, spectrum], 2), [1, 1]);
  t.end();
});
