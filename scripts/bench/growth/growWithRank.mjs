// @ts-check

import { median } from '../measure/median.mjs';

const RANK_PER_CLIENT = 16;
const RANKS = [64, 128, 256, 512, 1024, 2048, 4096];
const RANKS_QUICK = [64, 128, 256];
/** Repeated for this long at each rank, in seconds, and at least once. */
const BUDGET_S = 4;
const REPETITIONS_MAX = 21;
/** The first calls at a rank open its graphs and compile; above this, in seconds, that no longer matters. */
const WARM_UP_BELOW_S = 2;
const WARM_UPS = 3;
/** The next rank, twice as large, is left out where it might take longer than this, in seconds. */
const SECONDS_MAX = 180;
/** A step grows with r³ at most: eightfold when r doubles. */
const GROWTH_MAX = 8;

/** @typedef {import('../ours/timeModule.mjs').Timed} Timed */
/**
 * @typedef {object} RankPoint medians, in seconds
 * @property {number} r
 * @property {import('../ours/timeModule.mjs').ModuleReport['shape']} shape
 * @property {string} path
 * @property {string} pathReason why that one
 * @property {number} rank that is published
 * @property {number} bytes of the factors
 * @property {number} seconds
 * @property {number} gram
 * @property {number} solve
 * @property {number} project
 * @property {number} repetitions
 */
/**
 * @typedef {object} RankGrowth
 * @property {RankPoint[]} points ascending in r
 * @property {number} [leftOut] the first r that was left out, since it might take too long
 */

/**
 * The time of one module against its stacked rank.
 *
 * @param {import('../section.mjs').Bench} bench
 * @param {(progress: string) => void} progress
 * @returns {Promise<RankGrowth>}
 */
export async function growWithRank({ fleets, ours, quick }, progress) {
  /** @type {RankPoint[]} */
  const points = [];
  for (const r of quick ? RANKS_QUICK : RANKS) {
    if ((points.at(-1)?.seconds ?? 0) * GROWTH_MAX > SECONDS_MAX) return { points, leftOut: r };
    progress(`r = ${r}`);
    const fleet = await fleets.crowd(r / RANK_PER_CLIENT);
    await ours.load(fleet);
    const timed = await repeat(async () => /** @type {[Timed]} */ (await ours.aggregate(1))[0]);
    const middle = (/** @type {(each: Timed) => number} */ of) => median(timed.map(of));
    const [{ report }] = /** @type {[Timed]} */ (timed);
    points.push({
      r,
      shape: report.shape,
      path: report.path,
      pathReason: report.pathReason,
      rank: report.rank,
      bytes: fleet.bytes,
      seconds: middle(({ seconds }) => seconds),
      gram: middle((each) => each.report.seconds.gram),
      solve: middle((each) => each.report.seconds.solve),
      project: middle((each) => each.report.seconds.project),
      repetitions: timed.length,
    });
  }
  return { points };
}

/**
 * @param {() => Promise<Timed>} work
 * @returns {Promise<Timed[]>} at least one; the first only where it took long
 */
async function repeat(work) {
  let last = await work();
  if (last.seconds > WARM_UP_BELOW_S) return [last];
  for (let at = 1; at < WARM_UPS; at++) last = await work();
  const timed = [];
  const until = performance.now() + BUDGET_S * 1000;
  while (timed.length < REPETITIONS_MAX && (timed.length === 0 || performance.now() < until)) {
    timed.push(await work());
  }
  return timed;
}
