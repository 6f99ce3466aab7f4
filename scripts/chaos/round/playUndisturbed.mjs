// @ts-check
import { Complaint } from '../../terminal/complaint.mjs';
import { readOutcome } from '../check/readOutcome.mjs';
import { playRound } from './playRound.mjs';

/** @typedef {import('./federations.mjs').Federation} Federation */
/** @typedef {import('./inputs.mjs').Input} Input */
/**
 * @typedef {object} Undisturbed what rounds give that nothing disturbs
 * @property {import('./playRound.mjs').PlayedRound[]} rounds
 * @property {(federation: Federation, turn: number) => { inputs: Input[], outcome: import('../check/readOutcome.mjs').Outcome }} of
 *   a set of inputs, by turns, and what it must give
 */

/**
 * @param {import('../openScene.mjs').Stagehands} hands
 * @param {readonly Federation[]} federations
 * @param {readonly Input[][]} sets
 * @returns {Promise<Undisturbed>}
 */
export async function playUndisturbed(hands, federations, sets) {
  /** @type {import('./playRound.mjs').PlayedRound[]} */
  const rounds = [];
  /** @type {Map<string, { inputs: Input[], outcome: import('../check/readOutcome.mjs').Outcome }[]>} */
  const known = new Map();
  for (const federation of federations) {
    const outcomes = [];
    for (const inputs of sets) {
      const played = await playRound(hands, federation, inputs);
      if (played.round.state !== 'published') {
        throw new Complaint(`An undisturbed round ended as ${JSON.stringify(played.round)}.`);
      }
      rounds.push(played);
      outcomes.push({ inputs, outcome: await readOutcome(hands.operator, federation, played.number) });
    }
    known.set(federation.name, outcomes);
  }
  return {
    rounds,
    of: (federation, turn) => {
      const outcomes = known.get(federation.name) ?? [];
      const found = outcomes[Math.floor(turn / federations.length) % outcomes.length];
      if (!found) throw new Error(`no undisturbed round of ${federation.name}`);
      return found;
    },
  };
}
