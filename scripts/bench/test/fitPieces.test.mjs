// @ts-check
import t from 'tap';
import { describeFits } from '../growth/describeFits.mjs';
import { fitExponent } from '../measure/fitExponent.mjs';
import { fitPieces } from '../measure/fitPieces.mjs';

const X = [64, 128, 256, 512, 1024, 2048, 4096];

/** Noise of ±3 %, the same in every run. */
const noisy = (/** @type {number} */ y, /** @type {number} */ at) => y * (1 + 0.03 * Math.sin(7 * at));

t.test('finds the exponent of a power law', async (t) => {
  const { exponent, squaredError } = fitExponent(X.map((x) => [x, 5e-7 * x ** 1.75]));
  t.ok(Math.abs(exponent - 1.75) < 1e-12);
  t.ok(squaredError < 1e-20);
});

t.test('keeps one line where noise is all that bends it', async (t) => {
  const fits = fitPieces(X.map((x, at) => [x, noisy(x ** 2, at)]));
  t.equal(fits.length, 1);
  t.ok(Math.abs((fits[0]?.exponent ?? 0) - 2) < 0.02);
});

t.test('finds the point where a power law bends', async (t) => {
  const bent = (/** @type {number} */ x) => (x <= 512 ? x : 512 * (x / 512) ** 3);
  const fits = fitPieces(X.map((x, at) => [x, noisy(bent(x), at)]));
  t.match(fits, [
    { from: 64, to: 512 },
    { from: 512, to: 4096 },
  ]);
  t.ok(Math.abs((fits[0]?.exponent ?? 0) - 1) < 0.05);
  t.ok(Math.abs((fits[1]?.exponent ?? 0) - 3) < 0.05);
});

t.test('says so in words', async (t) => {
  t.equal(
    describeFits(
      'r',
      X.map((x) => [x, x ** 2]),
    ),
    'r^2.00',
  );
  t.equal(
    describeFits(
      'r',
      X.map((x) => [x, x <= 512 ? x : 512 * (x / 512) ** 3]),
    ),
    'r^1.00 up to 512, r^3.00 beyond',
  );
  t.equal(describeFits('r', [[64, 1]]), 'one point only');
});
