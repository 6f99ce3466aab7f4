// @ts-check
import { formatSeconds } from '../../terminal/format.mjs';
import { step } from '../../terminal/step.mjs';
import { checkRound } from '../check/checkRound.mjs';
import { playRound } from '../round/playRound.mjs';
import { drawKills } from './drawKills.mjs';
import { planKills } from './planKills.mjs';

/** @typedef {import('../openScene.mjs').Scene} Scene */
/** @typedef {import('../openScene.mjs').Played} Played */

/**
 * Plays rounds while processes are killed, until there were enough kills.
 *
 * @param {Scene} scene
 * @param {{ kills: number, seed: number }} options
 * @returns {Promise<Played>}
 */
export async function runKills(scene, options) {
  /** @type {Played} */
  const played = { rounds: [], faults: [], told: [] };
  const count = () => played.rounds.reduce((sum, { kills }) => sum + kills.length, 0);
  await step(
    `${options.kills} kills`,
    async (progress) => {
      for (let turn = 0; count() < options.kills && played.faults.length === 0; turn++) {
        await playTurn(scene, options.seed, turn, played);
        progress(`${count()} in ${played.rounds.length} rounds`);
      }
    },
    () => `${count()} in ${played.rounds.length} rounds`,
    () => played.faults.length === 0,
  );
  const longest = Math.max(...played.rounds.map(({ seconds }) => seconds));
  played.told.push(
    drawKills(played.rounds, scene.undisturbed.rounds),
    `${count()} kills in ${played.rounds.length} rounds, the longest of ${formatSeconds(longest)}.`,
  );
  return played;
}

/**
 * @param {Scene} scene
 * @param {number} seed
 * @param {number} turn
 * @param {Played} played
 */
async function playTurn({ hands, federations, undisturbed }, seed, turn, played) {
  // the thorough one first: it has every step
  const federation = federations[(turn + 1) % federations.length];
  if (federation === undefined) throw new Error('no federation');
  const { inputs, outcome } = undisturbed.of(federation, turn);
  const plan = planKills(seed, Math.floor(turn / federations.length), federation.phases);
  const round = await playRound(hands, federation, inputs, plan);
  played.rounds.push(round);
  played.faults.push(...(await checkRound(hands.operator, round, inputs, outcome)));
  await hands.stage.untilReady();
}
