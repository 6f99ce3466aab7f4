import t from 'tap';
import type { ModuleSpectrum } from '../../src/florist/allot.js';
import { allotBudget } from '../../src/florist/allotBudget.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { measureModule } from '../../src/florist/measureModule.js';
import type { ModuleInput } from '../../src/florist/moduleReport.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { GOLDEN_CASES, readGolden } from '../golden/readGolden.js';
import { matrix, normals } from '../linalg/dense.js';
import { rawOf } from './modules.js';

const bytesOf = (spectra: readonly ModuleSpectrum[], ranks: readonly number[]) =>
  spectra.reduce((sum, { shape: [m, n] }, i) => sum + 4 * ranks[i] * (m + n), 0);

/** Share of Σ σ² over the whole adapter. */
function energyKept(spectra: readonly ModuleSpectrum[], ranks: readonly number[]): number {
  const squares = (sigma: readonly number[]) => sigma.reduce((sum, x) => sum + x * x, 0);
  const kept = spectra.reduce((sum, { singularValues }, i) => {
    return sum + squares(singularValues.slice(0, ranks[i]));
  }, 0);
  return kept / spectra.reduce((sum, { singularValues }) => sum + squares(singularValues), 0);
}

/** At the bytes of every uniform rank: what the budget keeps beyond it, at least and at most. */
function gains(spectra: readonly ModuleSpectrum[]): number[] {
  const highest = Math.max(...spectra.map(({ singularValues }) => singularValues.length));
  return Array.from({ length: highest }, (_, i) => {
    const uniform = spectra.map(({ singularValues }) => Math.min(i + 1, singularValues.length));
    const bytes = bytesOf(spectra, uniform);
    const ranks = allotBudget(spectra, bytes, 'F32');
    if (bytesOf(spectra, ranks) > bytes) throw new Error(`over the budget at uniform rank ${i + 1}`);
    return energyKept(spectra, ranks) - energyKept(spectra, uniform);
  });
}

for (const name of GOLDEN_CASES) {
  t.test(`${name}: a budget keeps as much as any uniform rank of its bytes`, async (t) => {
    const spectra = readGolden(name).map(({ expected: { shape, singularValues } }) => ({
      shape,
      singularValues,
    }));
    const least = Math.min(...gains(spectra));
    t.ok(least >= -1e-12, `gains ${least} at least`);
  });
}

/** Eight clients as in the demonstration. */
const RANKS = [4, 4, 8, 8, 16, 16, 32, 64];
const EXAMPLES = [1200, 350, 2400, 800, 1500, 600, 3100, 950];
const LAYERS = 4;
const SHAPES = [
  [96, 96],
  [24, 96],
] as const;

/** Directions that all clients share and whose size decays, slower in deeper layers, with noise of each one's own. */
function demoModule(layer: number, [m, n]: readonly [number, number], seed: number): ModuleInput {
  const next = normals(seed);
  const decay = 9 + (9 * layer) / (LAYERS - 1);
  const widest = Math.max(...RANKS);
  const sharedB = matrix(m, widest, next);
  const sharedA = matrix(widest, n, next);
  const total = EXAMPLES.reduce((sum, examples) => sum + examples, 0);
  const clients = RANKS.map((rank, k) => ({
    rank,
    scale: 2,
    weight: EXAMPLES[k] / total,
    b: rawOf(
      matrix(m, rank, (i, j) => Math.exp(-j / decay) * (sharedB[i * widest + j] + 0.35 * next())),
      m,
      rank,
    ),
    a: rawOf(
      matrix(rank, n, (i, j) => sharedA[i * n + j] + 0.35 * next()),
      rank,
      n,
    ),
  }));
  return { name: `layers.${layer}.${m}`, shape: [m, n], clients };
}

t.test(
  'demonstration: a budget keeps as much as any uniform rank of its bytes, and mostly more',
  async (t) => {
    const inputs = Array.from({ length: LAYERS }, (_, layer) =>
      SHAPES.map((shape, at) => demoModule(layer, shape, 10 * layer + at)),
    ).flat();
    const spectra = await Promise.all(
      inputs.map((input) => measureModule(referenceKernel, heldModule(input))),
    );
    const all = gains(spectra);
    t.ok(Math.min(...all) >= -1e-12, `gains ${Math.min(...all)} at least`);
    t.ok(Math.max(...all) > 0.01, `gains ${Math.max(...all)} at most`);
  },
);
