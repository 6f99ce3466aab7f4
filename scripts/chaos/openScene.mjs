// @ts-check
import { step } from '../terminal/step.mjs';
import { openPatient } from './client/openPatient.mjs';
import { openFederations } from './round/federations.mjs';
import { makeInputs, SETS } from './round/inputs.mjs';
import { playUndisturbed } from './round/playUndisturbed.mjs';
import { OPERATOR_TOKEN, openStage } from './stage/openStage.mjs';
import { watchReady } from './stage/watchReady.mjs';

/** @typedef {import('./client/openPatient.mjs').Patient} Patient */
/**
 * @typedef {object} Stagehands what it takes to play a round
 * @property {import('./stage/openStage.mjs').Stage} stage
 * @property {Patient} operator
 * @property {(token: string) => Patient} client whose token it is
 * @property {() => () => Promise<void>} balance sends everybody to apis that say they are ready, until what it gives
 *   is called
 */
/**
 * @typedef {object} Scene a service with federations, and what their rounds must publish
 * @property {Stagehands} hands
 * @property {import('./round/federations.mjs').Federation[]} federations
 * @property {import('./round/playUndisturbed.mjs').Undisturbed} undisturbed
 * @property {() => import('./client/openPatient.mjs').Patient[]} patients everyone who has asked for anything
 */
/**
 * @typedef {object} Played what a part of a run has done
 * @property {import('./round/playRound.mjs').PlayedRound[]} rounds
 * @property {string[]} faults lines that each say what was not as promised
 * @property {string[]} told lines that say how it went
 */

/**
 * @param {{ apis: number, workers: number }} counts
 * @param {string} [blobDir] where blobs lie, when not in the data folder
 * @returns {Promise<Scene>}
 */
export async function openScene(counts, blobDir) {
  const stage = await step('Starting redis-server, apis and workers', () => openStage(counts, blobDir));
  try {
    /** @type {import('./stage/watchReady.mjs').ReadyWatch | undefined} */
    let watch;
    const open = (/** @type {string} */ token) =>
      openPatient(stage.urls, token, (url) => watch?.serves(url) ?? true);
    const operator = open(OPERATOR_TOKEN);
    /** @type {Map<string, Patient>} */
    const clients = new Map();
    /** @type {Stagehands} */
    const hands = {
      stage,
      operator,
      client: (token) => {
        const known = clients.get(token) ?? open(token);
        clients.set(token, known);
        return known;
      },
      balance: () => {
        const begun = watchReady(stage.urls);
        watch = begun;
        return async () => {
          watch = undefined;
          await begun.stop();
        };
      },
    };
    const federations = await openFederations(operator);
    const sets = await Promise.all(Array.from({ length: SETS }, (_, set) => makeInputs(set)));
    const undisturbed = await step('Rounds that nothing disturbs', () =>
      playUndisturbed(hands, federations, sets),
    );
    return { hands, federations, undisturbed, patients: () => [operator, ...clients.values()] };
  } catch (error) {
    await stage.stop();
    throw error;
  }
}
