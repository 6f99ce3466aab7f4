// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two turns, in milliseconds: thread pools spin for a while before they sleep. */
const PAUSE_MS = 40;

/** @typedef {() => Promise<number>} Turn does the work once and resolves to the seconds it took */
/**
 * @typedef {object} Contender
 * @property {Turn} turn
 * @property {number} warmUps turns that do not count
 */
/**
 * @typedef {object} Contest
 * @property {number[]} ours seconds of each turn
 * @property {number[]} theirs seconds of each turn, none without a peer
 * @property {number[]} ratios theirs over ours, turn by turn: what slowed the machine then slowed both
 */

/**
 * Lets two contenders take turns, so that whatever else the machine does falls on both alike.
 *
 * @param {Contender} ours
 * @param {Contender | undefined} theirs
 * @param {number} turns of each
 * @param {(progress: string) => void} [progress]
 * @returns {Promise<Contest>}
 */
export async function takeTurns(ours, theirs, turns, progress = () => {}) {
  for (const contender of [ours, theirs]) {
    for (let at = 0; at < (contender?.warmUps ?? 0); at++) {
      progress('warming up');
      await contender?.turn();
    }
  }
  /** @type {Contest} */
  const contest = { ours: [], theirs: [], ratios: [] };
  for (let at = 0; at < turns; at++) {
    progress(`turn ${at + 1} of ${turns}`);
    await sleep(PAUSE_MS);
    const own = await ours.turn();
    contest.ours.push(own);
    if (!theirs) continue;
    await sleep(PAUSE_MS);
    const other = await theirs.turn();
    contest.theirs.push(other);
    contest.ratios.push(other / own);
  }
  return contest;
}
