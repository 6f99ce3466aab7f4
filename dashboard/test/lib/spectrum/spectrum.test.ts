import t from 'tap';
import type { Spectrum } from '#lib/api/types.ts';
import { exactModules } from '#lib/spectrum/exactModules.ts';
import { indexGrid } from '#lib/spectrum/indexGrid.ts';
import { nearestCurve } from '#lib/spectrum/nearestCurve.ts';
import { rankAt } from '#lib/spectrum/rankAt.ts';
import { ranksFromTable, rankTable } from '#lib/spectrum/rankTable.ts';
import { readSpectrum } from '#lib/spectrum/readSpectrum.ts';
import { SHARE_SCALE, summariseSpectrum } from '#lib/spectrum/summariseSpectrum.ts';
import { TAU_GRID, tauIndex } from '#lib/spectrum/tauGrid.ts';
import { CASES, readExpected } from './golden.ts';

/** The definition, word for word: the smallest p with Σ_{i≤p} σ_i² ≥ τ Σ σ_i². */
function rankByDefinition(sigma: readonly number[], tau: number): number {
  const energy = sigma.reduce((sum, value) => sum + value * value, 0);
  let kept = 0;
  for (const [index, value] of sigma.entries()) {
    kept += value * value;
    if (kept >= tau * energy) {
      return index + 1;
    }
  }
  return sigma.length;
}

function spectrumOf(values: readonly number[][]): Spectrum {
  return {
    tau: 0.9,
    modules: values.map((singularValues, index) => ({
      name: `model.layers.${index}.self_attn.q_proj`,
      shape: [64, 48],
      stackedRank: singularValues.length,
      rank: rankByDefinition(singularValues, 0.9),
      energy: singularValues.reduce((sum, value) => sum + value * value, 0),
      degenerate: false,
      singularValues: [...singularValues],
    })),
  };
}

for (const name of CASES) {
  t.test(`ranks of the golden case ${name} are those expected at every τ`, async (t) => {
    const expected = await readExpected(name);
    for (const [module, { shape, stackedRank, energy, singularValues, rankAt: ranks }] of expected) {
      const degenerate = energy === 0;
      const [read] = readSpectrum({
        modules: [{ name: module, shape, stackedRank, rank: 1, energy, degenerate, singularValues }],
      }).modules;
      for (const [tau, rank] of Object.entries(ranks)) {
        t.equal(read && rankAt(read, Number(tau)), Math.max(1, rank), `${module} at ${tau}`);
      }
    }
  });
}

t.test('at τ = 1 every singular value above rounding counts', async (t) => {
  const [module] = readSpectrum(spectrumOf([[3, 1, 2e-7, 1e-9, 0]])).modules;
  t.equal(module && rankAt(module, 1), 2);
});

t.test('a module that is zero takes rank 1', async (t) => {
  const [module] = readSpectrum(spectrumOf([[0, 0, 0]])).modules;
  t.equal(module && rankAt(module, 0.9), 1);
  t.equal(module && rankAt(module, 1), 1);
});

t.test('where only the leading singular values are known, the rest of the energy still counts', async (t) => {
  const spectrum = spectrumOf([[2, 1]]);
  const truncated = { ...spectrum, modules: spectrum.modules.map((module) => ({ ...module, energy: 10 })) };
  const [module] = readSpectrum(truncated).modules;
  t.equal(module?.energy, 10);
  t.equal(module && rankAt(module, 0.4), 1);
  t.equal(module && rankAt(module, 0.5), 2);
});

t.test('the exploration adds up what the ranks at each τ are', async (t) => {
  const values = [
    [5, 3, 2, 1, 0.5],
    [4, 4, 4, 0.1],
  ];
  const spectrum = readSpectrum(spectrumOf(values));
  const { exploration, published } = summariseSpectrum(spectrum);
  for (const tau of [0.5, 0.8, 0.9, 0.97, 0.999]) {
    const ranks = values.map((sigma) => rankByDefinition(sigma, tau));
    const at = tauIndex(tau);
    t.equal(
      exploration.totalRank[at],
      ranks.reduce((a, b) => a + b, 0),
    );
    t.equal(
      exploration.parameters[at],
      ranks.reduce((sum, rank) => sum + rank * (64 + 48), 0),
    );
  }
  t.equal(published.totalRank, exploration.totalRank[tauIndex(0.9)]);
  t.ok(published.energyKept >= 0.9 && published.energyKept < 1);
});

t.test('the table of ranks holds the rank of every module at every τ', async (t) => {
  const spectrum = readSpectrum(spectrumOf([[5, 3, 2, 1, 0.5], [1, 1, 1, 1, 1, 1], [0]]));
  const table = rankTable(spectrum);
  for (const tau of [0.5, 0.75, 0.901, 1]) {
    t.same(
      ranksFromTable(table, tauIndex(tau)),
      spectrum.modules.map((module) => rankAt(module, tau)),
    );
  }
});

t.test('curves rise to one and pass through the cumulative share', async (t) => {
  const sigma = Array.from({ length: 1600 }, (_, index) => 0.99 ** index);
  const summary = summariseSpectrum(readSpectrum(spectrumOf([sigma, [2, 1]])));
  const [long, short] = summary.modules;
  t.equal(long?.curve.length, summary.grid.length);
  t.equal(long?.curve.at(-1), SHARE_SCALE);
  t.same(short?.curve, [8000, 10_000]);
  const energy = sigma.reduce((sum, value) => sum + value * value, 0);
  const at = summary.grid.indexOf(10);
  const share = sigma.slice(0, 10).reduce((sum, value) => sum + value * value, 0) / energy;
  t.equal(long?.curve[at], Math.round(share * SHARE_SCALE));
});

t.test('grids of indices are dense where curves bend and small where spectra are long', async (t) => {
  t.same(indexGrid(1), [1]);
  t.same(indexGrid(5), [1, 2, 3, 4, 5]);
  const grid = indexGrid(1600);
  t.ok(grid.length < 100, `${grid.length} points`);
  t.equal(grid.at(-1), 1600);
  t.same(
    grid,
    [...new Set(grid)].sort((a, b) => a - b),
  );
});

t.test('exact modules come whole and in the order asked for', async (t) => {
  const spectrum = readSpectrum(spectrumOf([[3, 1], [2, 2, 1], [1]]));
  const names = ['model.layers.1.self_attn.q_proj', 'no.such.module', 'model.layers.0.self_attn.q_proj'];
  const { modules } = exactModules(spectrum, names);
  t.same(
    modules.map(({ name, singularValues }) => [name, singularValues]),
    [
      [names[0], [2, 2, 1]],
      [names[2], [3, 1]],
    ],
  );
  t.same(modules[1]?.shares, [0.9, 1]);
});

t.test('the pointer finds the curve it is nearest to', async (t) => {
  const summary = summariseSpectrum(
    readSpectrum(
      spectrumOf([
        [3, 1, 1],
        [1, 1, 1],
      ]),
    ),
  );
  const value = (module: number, at: number) => {
    const share = summary.modules[module]?.curve[at];
    return share === undefined ? undefined : share / SHARE_SCALE;
  };
  const find = (index: number, share: number) =>
    nearestCurve(summary.modules, summary.grid, index, share, 0.1, value)?.module.name;
  t.equal(find(1, 0.8), 'model.layers.0.self_attn.q_proj');
  t.equal(find(1.1, 0.35), 'model.layers.1.self_attn.q_proj');
  t.equal(find(1, 0.55), undefined, 'none is near');
});

t.test('τ of the grid are the doubles that one would type', async (t) => {
  for (const tau of [0.5, 0.9, 0.95, 0.999, 1]) {
    t.equal(TAU_GRID[tauIndex(tau)], tau);
  }
});
