import fc from 'fast-check';
import t from 'tap';
import { chooseRank } from '../../src/florist/chooseRank.js';
import { tailEnergies } from '../../src/florist/tailEnergies.js';

const energy = (tau: number) => ({ policy: 'energy', tau }) as const;
const fixed = (rank: number) => ({ policy: 'fixed', rank }) as const;

/** σ² of 16, 9, 4, 1: shares of the energy 30 are 16, 25, 29 and 30 thirtieths. */
const SIGMA = [4, 3, 2, 1];

t.test('the smallest rank whose share reaches τ', async (t) => {
  const expected = [
    [0.01, 1],
    [16 / 30, 1],
    [16 / 30 + 1e-9, 2],
    [0.83, 2],
    [0.9, 3],
    [29 / 30, 3],
    [0.97, 4],
    [1, 4],
  ] as const;
  for (const [tau, rank] of expected) t.equal(chooseRank(SIGMA, energy(tau)), rank, `τ = ${tau}`);
});

t.test('τ = 1 keeps every σ above 1e-7 σ_1', async (t) => {
  t.equal(chooseRank([1, 1.001e-7, 0.999e-7], energy(1)), 2);
  t.equal(chooseRank([5, 5, 5], energy(1)), 3);
});

t.test('noise is never published, whatever is asked for', async (t) => {
  t.equal(chooseRank([1, 1e-8, 1e-9], energy(1 - 1e-16)), 1);
  t.equal(chooseRank([1, 0.5, 1e-8], fixed(64)), 2);
});

t.test('a fixed rank, at least 1', async (t) => {
  t.equal(chooseRank(SIGMA, fixed(3)), 3);
  t.equal(chooseRank(SIGMA, fixed(9)), 4);
  t.equal(chooseRank([0, 0], fixed(2)), 1);
  t.equal(chooseRank([0, 0], energy(0.9)), 1);
  t.equal(chooseRank([], energy(1)), 1);
});

const spectra = fc
  .array(fc.double({ min: 1e-3, max: 10, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((values) => values.sort((x, y) => y - x));

t.test('the definition holds for any spectrum: reached at p, not at p − 1', async () => {
  fc.assert(
    fc.property(spectra, fc.double({ min: 0.01, max: 1, maxExcluded: true, noNaN: true }), (sigma, tau) => {
      const share = (p: number) => sigma.slice(0, p).reduce((sum, x) => sum + x * x, 0);
      const p = chooseRank(sigma, energy(tau));
      const wanted = tau * share(sigma.length);
      return share(p) >= wanted && (p === 1 || share(p - 1) < wanted);
    }),
    { seed: 4 },
  );
});

t.test('tails: what every rank loses', async (t) => {
  t.strictSame(tailEnergies(SIGMA), Float64Array.of(30, 14, 5, 1, 0));
  t.strictSame(tailEnergies([]), Float64Array.of(0));
});
