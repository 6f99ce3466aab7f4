// @ts-check
import { step } from '../../terminal/step.mjs';
import { listFaults } from './listFaults.mjs';
import { withstand } from './withstand.mjs';

/** @typedef {import('../openScene.mjs').Scene} Scene */
/** @typedef {import('../openScene.mjs').Played} Played */

/**
 * Takes one thing after the other away while one round collects and another aggregates, and gives it back.
 *
 * @param {Scene} scene whose blobs lie in the room, if there is one
 * @param {import('./openRoom.mjs').Room | undefined} room
 * @param {number} seconds that each fault lasts
 * @returns {Promise<Played & { skipped: string[] }>}
 */
export async function runFaults(scene, room, seconds) {
  /** @type {Played} */
  const played = { rounds: [], faults: [], told: [] };
  const { faults, skipped } = listFaults(scene.hands.stage, room);
  for (const [at, fault] of faults.entries()) {
    const now = await step(`${seconds} s with ${fault.name}`, () => withstand(scene, fault, at, seconds));
    played.rounds.push(...now.rounds);
    played.faults.push(...now.faults.map((line) => `${fault.name}: ${line}`));
    played.told.push(...now.told.map((line) => `With ${fault.name}, ${line}`));
  }
  for (const line of skipped) played.told.push(`SKIPPED ${line}`);
  return { ...played, skipped };
}
