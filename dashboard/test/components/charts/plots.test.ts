import t from 'tap';
import { logTicks } from '#components/charts/logTicks.ts';
import { type KnownCost, methodAxes, methodMarks } from '#components/charts/methodMarks.ts';
import { placeLabels } from '#components/charts/placeLabels.ts';
import { layerInterval, rankLabels } from '#components/charts/rankLabels.ts';
import { similarityPlot } from '#components/charts/similarityPlot.ts';
import { spread } from '#components/charts/spread.ts';
import { tauAxis } from '#components/charts/tauAxis.ts';
import { roundAxis, SHARE_STEP, secondsStep, shareAxis } from '#components/charts/trendAxes.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';

t.test('labels cover neither each other nor a mark, and are left out where they would', async (t) => {
  const places = (['right', 'left'] as const).map((position) => ({
    position,
    offset: [0, 0] as [number, number],
  }));
  const box = { left: 0, right: 200, top: 0, bottom: 100 };
  const at = (x: number, y: number) => ({ x, y, text: 'method' });
  const chosen = (...marks: { x: number; y: number; text: string }[]) =>
    placeLabels(marks, places, box).map((place) => place?.position);
  t.same(chosen(at(50, 50)), ['right']);
  t.same(chosen(at(100, 50), at(125, 50)), ['left', 'right'], 'a mark stands where the label would');
  t.same(chosen(at(190, 50)), ['left'], 'nor do they leave the chart');
  t.same(chosen(at(50, 50), at(50, 50), at(50, 50)), ['right', 'left', undefined]);
});

t.test('names at the ends of near lines move apart, in order, and not below the plot', async (t) => {
  t.same(spread([10, 50], 13, 100), [10, 50]);
  t.same(spread([50, 50], 13, 100), [43.5, 56.5]);
  t.same(spread([50, 40, 49], 13, 100), [59.333333333333336, 33.333333333333336, 46.333333333333336]);
  t.same(spread([100, 99], 13, 100), [100, 87]);
});

t.test('the axis of ranks has even steps, from below the least to above the most', async (t) => {
  const wide = tauAxis([147, 67_648]);
  t.same([wide.min, wide.max, wide.ticks], [128, 131_072, [128, 512, 2048, 8192, 32_768, 131_072]]);
  t.equal(wide.down(131_072), 0);
  t.equal(wide.down(128), 1);
  t.same(tauAxis([0.5, 1]).ticks, [0.5, 1, 2], 'FFA-LoRA can count for half a rank');
});

t.test('logarithmic ticks are round, and as many as a narrow chart has room for', async (t) => {
  t.same(logTicks(90, 300), [100, 200]);
  t.same(logTicks(1.2e6, 6.8e7), [3e6, 1e7, 3e7]);
  t.same(logTicks(1.2e4, 7e6), [1e5, 1e6]);
});

t.test('methods that lie on each other are one mark, and what is exact stands above the axis', async (t) => {
  const cost = (bytes: number, relativeError: number): KnownCost => ({
    ...{ method: 'florist', totalRank: 1, parameters: 1, uploadBytes: 1, efficiency: 1, flops: 1 },
    ...{ uploadParameters: 1, clientUploadParameters: 1, clientUploadBytes: 1 },
    ...{ bytes, relativeError },
  });
  const plot = { left: 64, top: 12, width: 300, height: 290 };
  const costs = [cost(128, 0), cost(128, 1e-9), cost(64, 0)];
  const axes = methodAxes(costs);
  const marks = methodMarks(costs, axes, plot);
  t.same(
    marks.map(({ costs }) => costs.length),
    [2, 1],
  );
  t.ok(marks.every(({ x, y }) => x > plot.left && x < 364 && y < plot.top + plot.height - 6));
  t.equal(axes.error.ticks[0], 0);
  t.ok(axes.error.min < 0);
});

t.test('labels of the map of ranks slant and thin out as its cells shrink', async (t) => {
  const grid = {
    layers: Array.from({ length: 32 }, (_, layer) => `L${layer}`),
    projections: ['down_proj', 'gate_proj', 'up_proj', 'k_proj', 'o_proj', 'q_proj', 'v_proj'],
  };
  t.equal(rankLabels(grid, { width: 520, height: 396 }).projections.rotate, 0);
  const narrow = rankLabels(grid, { width: 326, height: 396 });
  t.equal(narrow.projections.rotate, 45);
  t.equal(narrow.projections.interval, 0, 'all are named');
  const labelled = (layers: string[], height: number) =>
    layers.filter((_, at) => layerInterval(layers, height)(at));
  t.equal(labelled(grid.layers, 420).length, 32);
  t.same(labelled(grid.layers, 300).slice(0, 3), ['L0', 'L2', 'L4']);
  t.same(labelled(['—', ...grid.layers], 150).slice(0, 3), ['—', 'L0', 'L4']);
});

t.test('cells of the map of similarities are square and whole pixels', async (t) => {
  for (const [clients, width] of [
    [8, 510],
    [130, 510],
    [150, 326],
  ] as const) {
    const { left, side } = similarityPlot(clients, width, 320);
    t.equal(side % clients, 0);
    t.ok(left + side <= width);
  }
});

t.test('a lone round stands in the middle, and no share passes one', async (t) => {
  const lone = roundAxis([3]);
  t.same([lone.min, lone.max], [2, 4]);
  t.same([2, 3, 4].map(lone.label), ['', '3', '']);
  const several = roundAxis([1, 2, 5]);
  t.same([several.min, several.max, several.label(4)], [1, 5, '4']);
  for (const [share, ends] of [
    [0.912, { min: 0.8, max: 1 }],
    [1, { min: 0.9, max: 1 }],
  ] as const) {
    const { interval = 0, ...found } = shareAxis([share]);
    t.same(found, ends);
    t.ok(Math.abs(ends.min + 2 * interval - ends.max) < 1e-12, 'its labels are evenly apart');
  }
  t.same(shareAxis([0.95, 0.99]), { max: 1 });
  t.same(shareAxis([0.5, 0.6]), {});
});

t.test('no two labels of a trend read the same', async (t) => {
  for (const largest of [0.004, 0.041, 0.19, 1.7, 9, 42]) {
    const step = secondsStep(largest);
    const labels = [0, 1, 2, 3].map((tick) => formatSeconds(tick * step, largest));
    t.equal(new Set(labels).size, 4, labels.join(', '));
  }
  t.not(formatShare(0.924), formatShare(0.924 + SHARE_STEP));
});
