// @ts-check
import { formatBytes } from '../terminal/format.mjs';
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { checkStores } from './check/checkStores.mjs';
import { openRoom } from './faults/openRoom.mjs';
import { runFaults } from './faults/runFaults.mjs';
import { runKills } from './kills/runKills.mjs';
import { openScene } from './openScene.mjs';
import { readOptions } from './readOptions.mjs';
import { runRolling } from './rolling/runRolling.mjs';

/** @typedef {import('./openScene.mjs').Scene} Scene */
/** @typedef {import('./openScene.mjs').Played & { skipped?: string[] }} Played */

/**
 * The command: disturbs a service of its own on loopback in every way that it promises to withstand.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code: 0 when nothing was lost
 */
export async function chaos(args) {
  const options = readOptions(args);
  const room = options.parts.includes('faults') ? await openRoom() : undefined;
  try {
    const scene = await openScene(options, room?.path);
    try {
      return await disturb(scene, room, options);
    } finally {
      await scene.hands.stage.stop();
    }
  } finally {
    await room?.close();
  }
}

/**
 * @param {Scene} scene
 * @param {import('./faults/openRoom.mjs').Room | undefined} room
 * @param {import('./readOptions.mjs').Options} options
 * @returns {Promise<number>}
 */
async function disturb(scene, room, options) {
  const parts = {
    kills: () => runKills(scene, options),
    faults: () => runFaults(scene, room, options.seconds),
    rolling: () => runRolling(scene, options.restarts),
  };
  /** @type {Played[]} */
  const played = [];
  for (const part of options.parts) played.push(await parts[part]());
  const rounds = [...scene.undisturbed.rounds, ...played.flatMap((each) => each.rounds)];
  const remains = await step('Looking at what is left', () => checkStores(scene.hands.stage, rounds));
  for (const line of played.flatMap(({ told }) => told)) say(line);
  say(describeTroubles(scene));
  say(
    `Drafts that the sweep took once they were a day old: ${remains.drafts}. Uploads that were acknowledged to nobody ` +
      `and that no record names: ${remains.orphans}, ${formatBytes(remains.orphanBytes)}.`,
  );
  const faults = [...played.flatMap((each) => each.faults), ...remains.faults];
  for (const fault of faults) say(`✗ ${fault}`);
  const submissions = rounds.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  const skipped = played.reduce((sum, each) => sum + (each.skipped?.length ?? 0), 0);
  say(
    `${faults.length === 0 ? 'Nothing was lost' : `${faults.length} faults`}: ${rounds.length} rounds, ` +
      `${submissions} acknowledged submissions, ${skipped} checks skipped.`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** @param {Scene} scene */
function describeTroubles(scene) {
  /** @type {Record<string, number>} */
  const all = {};
  for (const patient of scene.patients()) {
    for (const [what, times] of Object.entries(patient.troubles())) all[what] = (all[what] ?? 0) + times;
  }
  const told = Object.entries(all).map(([what, times]) => `${what} × ${times}`);
  const answered = scene.patients().reduce((sum, patient) => sum + patient.answered(), 0);
  return `Clients and the operator met ${told.join(', ') || 'no trouble'}; ${answered} requests were answered in the end.`;
}
