// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { formatSeconds } from '../../terminal/format.mjs';
import { step } from '../../terminal/step.mjs';
import { checkRound } from '../check/checkRound.mjs';
import { playRound } from '../round/playRound.mjs';

/** Readers that ask all the time over connections they keep, beside those who play rounds. */
const READERS = 4;
/** Between two requests of one reader, in milliseconds. */
const READ_EVERY_MS = 20;
/**
 * What a process may take to stop, in seconds: an api answers for 3 and finishes what it has begun, a worker finishes
 * its jobs within 10 or gives them back within 2 more. Both have nothing here that takes long.
 */
const STOP_SECONDS_MAX = 15;

/** @typedef {import('../openScene.mjs').Scene} Scene */
/** @typedef {import('../openScene.mjs').Played} Played */

/**
 * Restarts every process gracefully, one after the other, while rounds are played and read through what asks /readyz
 * before it passes requests on. None may fail: a process that does not listen sends its callers to another, and
 * nothing else may come in the way.
 *
 * @param {Scene} scene
 * @param {number} restarts of each process
 * @returns {Promise<Played>}
 */
export async function runRolling(scene, restarts) {
  /** @type {Played} */
  const played = { rounds: [], faults: [], told: [] };
  const before = scene.patients().map((patient) => ({ patient, ...failuresOf(patient) }));
  let rolling = true;
  const unbalance = scene.hands.balance();
  const load = [
    playOn(scene, played, () => rolling),
    ...Array.from({ length: READERS }, () => readOn(scene, played, () => rolling)),
  ];
  /** @type {Record<string, number>} */
  const slowest = {};
  await step(`Restarting every process ${restarts} times`, async (progress) => {
    try {
      for (let turn = 0; turn < restarts; turn++) {
        for (const member of scene.hands.stage.members) {
          progress(`${member.kind}, time ${turn + 1} of ${restarts}`);
          const begun = performance.now();
          await member.restart();
          slowest[member.kind] = Math.max(slowest[member.kind] ?? 0, (performance.now() - begun) / 1000);
          await scene.hands.stage.untilReady();
        }
      }
    } finally {
      rolling = false;
      await Promise.all(load);
      await unbalance();
    }
  });
  judge(played, scene, before, slowest);
  return played;
}

/** @param {import('../client/openPatient.mjs').Patient} patient */
function failuresOf(patient) {
  const { refused: _, ...failures } = patient.troubles();
  return {
    failures: Object.values(failures).reduce((sum, times) => sum + times, 0),
    answered: patient.answered(),
  };
}

/**
 * @param {Scene} scene
 * @param {Played} played
 * @param {() => boolean} goesOn
 */
async function playOn({ hands, federations, undisturbed }, played, goesOn) {
  for (let turn = 0; goesOn(); turn++) {
    const federation = federations[turn % federations.length];
    if (federation === undefined) return;
    const { inputs, outcome } = undisturbed.of(federation, turn);
    const round = await playRound(hands, federation, inputs);
    played.rounds.push(round);
    played.faults.push(...(await checkRound(hands.operator, round, inputs, outcome)));
  }
}

/**
 * @param {Scene} scene
 * @param {Played} played
 * @param {() => boolean} goesOn
 */
async function readOn({ hands, federations }, played, goesOn) {
  while (goesOn()) {
    const { status, bytes } = await hands.operator.ask('GET', `${federations[0]?.path}/rounds/latest`);
    if (status !== 200) played.faults.push(`a reader got ${status}: ${bytes}`);
    await sleep(READ_EVERY_MS);
  }
}

/**
 * @param {Played} played
 * @param {Scene} scene
 * @param {readonly { patient: import('../client/openPatient.mjs').Patient, failures: number, answered: number }[]} before
 * @param {Record<string, number>} slowest
 */
function judge(played, scene, before, slowest) {
  let [failures, answered] = [0, 0];
  for (const patient of scene.patients()) {
    const at = before.find((each) => each.patient === patient);
    const now = failuresOf(patient);
    failures += now.failures - (at?.failures ?? 0);
    answered += now.answered - (at?.answered ?? 0);
  }
  if (failures > 0) {
    const troubles = scene.patients().map((patient) => JSON.stringify(patient.troubles()));
    played.faults.push(`${failures} requests failed under restarts: ${troubles.join(' ')}`);
  }
  for (const [kind, seconds] of Object.entries(slowest)) {
    if (seconds > STOP_SECONDS_MAX) played.faults.push(`a process (${kind}) took ${seconds} s to stop`);
  }
  const stops = Object.entries(slowest).map(([kind, seconds]) => `${kind} ${formatSeconds(seconds)}`);
  played.told.push(
    `Under restarts ${answered} requests were answered and ${failures} failed; ${played.rounds.length} rounds were ` +
      `played. The slowest stop: ${stops.join(', ')}.`,
  );
}
