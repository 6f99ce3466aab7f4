// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./planKills.mjs').PlannedKill} PlannedKill */
/** @typedef {import('./planKills.mjs').Step} Step */
/**
 * @typedef {object} Kill one that has struck
 * @property {Step} step
 * @property {import('../stage/openStage.mjs').Victim} victim
 * @property {number} at on the clock of performance.now()
 * @property {number} [recoveredMs] until what it struck went on; absent while it does not
 */
/**
 * @typedef {object} Armed the kills of one round
 * @property {Kill[]} struck
 * @property {(step: Step) => PlannedKill | undefined} peek the kill of a step that has not struck
 * @property {(step: Step) => PlannedKill | undefined} take the kill of a step, once
 * @property {(planned: PlannedKill, delayMs?: number) => Promise<void>} strike after a delay
 * @property {() => void} advanced the round went on: what struck before is overcome
 */

/**
 * @param {import('../stage/openStage.mjs').Stage} stage
 * @param {readonly PlannedKill[]} plan
 * @returns {Armed}
 */
export function armKills(stage, plan) {
  const waiting = new Map(plan.map((planned) => [planned.step, planned]));
  /** @type {Kill[]} */
  const struck = [];
  return {
    struck,
    peek: (step) => waiting.get(step),
    take: (step) => {
      const planned = waiting.get(step);
      waiting.delete(step);
      return planned;
    },
    strike: async ({ step, victim, draw }, delayMs = 0) => {
      if (delayMs > 0) await sleep(delayMs);
      // a process that another kill has just ended may not be back yet
      if (stage.kill(victim, draw)) struck.push({ step, victim, at: performance.now() });
    },
    advanced: () => {
      for (const kill of struck) kill.recoveredMs ??= performance.now() - kill.at;
    },
  };
}
