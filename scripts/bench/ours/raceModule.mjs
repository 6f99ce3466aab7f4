// @ts-check
import { TAU } from '../../demo/cast.mjs';
import { summarise } from '../measure/summarise.mjs';
import { takeTurns } from '../measure/takeTurns.mjs';

/** @typedef {import('../measure/summarise.mjs').Summary} Summary */
/** @typedef {import('./timeModule.mjs').ModuleReport} ModuleReport */
/** @typedef {'gram' | 'solve' | 'project'} Step both Gram matrices, r-space, both final products */
/**
 * @typedef {object} Race
 * @property {Summary} ours seconds
 * @property {Record<Step, Summary>} steps seconds of ours
 * @property {Pick<ModuleReport, 'shape' | 'stackedRank' | 'rank' | 'path' | 'pathReason' | 'energyKept'>} report of ours
 * @property {Summary} [theirs] seconds of the published pipeline
 * @property {Summary} [ratio] theirs over ours, turn by turn
 * @property {number} [theirRank] that it publishes
 */
/**
 * @typedef {object} Distance how far to go
 * @property {number} turns
 * @property {number} inARow modules of a turn, one after the other as in a round; the turn's time is that of one
 * @property {{ ours: number, theirs: number }} warmUps
 */

/**
 * Our aggregation of one module against the published pipeline's, on the same files, which both have read
 * beforehand.
 *
 * @param {import('../section.mjs').Bench} bench
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet of one module
 * @param {Distance} distance
 * @param {(progress: string) => void} progress
 * @returns {Promise<Race>}
 */
export async function raceModule({ ours, peer, quick }, fleet, { turns, inARow, warmUps }, progress) {
  await ours.load(fleet);
  /** @type {ModuleReport[]} */
  const reports = [];
  const own = async () => {
    const timed = await ours.aggregate(inARow);
    reports.push(...timed.map(({ report }) => report));
    return timed.reduce((sum, { seconds }) => sum + seconds, 0) / inARow;
  };
  let theirRank;
  const other = async () => {
    const { folders, weights } = fleet;
    const answer = await peer?.ask({
      op: 'module',
      folders,
      weights,
      module: fleet.modules[0]?.name ?? '',
      tau: TAU,
      times: inARow,
    });
    theirRank = answer?.rank;
    return answer?.seconds ?? Number.NaN;
  };
  const contest = await takeTurns(
    { turn: own, warmUps: quick ? 1 : warmUps.ours },
    peer && { turn: other, warmUps: quick ? 1 : warmUps.theirs },
    quick ? 1 : turns,
    progress,
  );
  const counted = reports.slice(-contest.ours.length * inARow);
  const [report] = counted.slice(-1);
  if (!report) throw new Error('a race needs at least one turn');
  const { shape, stackedRank, rank, path, pathReason, energyKept } = report;
  const ofStep = (/** @type {Step} */ step) => summarise(counted.map(({ seconds }) => seconds[step]));
  return {
    ours: summarise(contest.ours),
    steps: { gram: ofStep('gram'), solve: ofStep('solve'), project: ofStep('project') },
    report: { shape, stackedRank, rank, path, pathReason, energyKept },
    ...(peer && { theirs: summarise(contest.theirs), ratio: summarise(contest.ratios), theirRank }),
  };
}
