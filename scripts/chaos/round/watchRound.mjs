// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often the folder of a round is looked at, in milliseconds: assembly takes some ten of them. */
const LOOK_MS = 2;
/** How often the api is asked for the state, in milliseconds. */
const ASK_MS = 50;
/** A round that is killed again and again takes a while, in milliseconds; one that takes longer has got stuck. */
const STUCK_MS = 180_000;

const ENDED = new Set(['published', 'failed', 'cancelled']);

/**
 * @typedef {object} Sight what a look at a round's folder shows
 * @property {Map<string, number>} parts of the present attempt, by phase
 * @property {boolean} assembled the adapter's file is there
 */

/**
 * Looks at a round until it has ended.
 *
 * @param {import('../stage/openStage.mjs').Stage} stage
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('./federations.mjs').Federation} federation
 * @param {number} number of the round
 * @param {(sight: Sight) => void} onSight
 * @param {AbortSignal} [enough] ends the watch before
 * @returns {Promise<any>} the round; still under way when it got stuck
 */
export async function watchRound(stage, operator, { name, path }, number, onSight, enough) {
  const folder = join(stage.blobDir, 'federations', name, 'rounds', String(number), 'adapters', 'a1');
  let watching = true;
  const look = async () => {
    while (watching) {
      onSight(readSight(folder));
      await sleep(LOOK_MS);
    }
  };
  const looking = look();
  const until = performance.now() + STUCK_MS;
  try {
    for (;;) {
      const { json } = await operator.ask('GET', `${path}/rounds/${number}`);
      if (ENDED.has(json.state) || enough?.aborted || performance.now() > until) return json;
      await sleep(ASK_MS, undefined, { signal: enough }).catch(() => undefined);
    }
  } finally {
    watching = false;
    await looking;
  }
}

/**
 * @param {string} folder of the adapter, with a folder for each attempt
 * @returns {Sight}
 */
function readSight(folder) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  const attempt = list(folder).at(-1);
  if (attempt === undefined) return { parts, assembled: false };
  for (const file of list(join(folder, attempt, 'parts'))) {
    const [, phase] = /^(\w+)-\d+\.json$/.exec(file) ?? [];
    if (phase !== undefined) parts.set(phase, (parts.get(phase) ?? 0) + 1);
  }
  return { parts, assembled: list(join(folder, attempt)).includes('adapter_model.safetensors') };
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
