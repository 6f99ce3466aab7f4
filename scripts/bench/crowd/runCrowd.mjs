// @ts-check
import { watchMemory } from '../measure/watchMemory.mjs';
import { forkOurs } from '../ours/forkOurs.mjs';

/** @typedef {import('../fleet/toFleet.mjs').Fleet} Fleet */
/**
 * @typedef {object} CrowdResult
 * @property {readonly [m: number, n: number]} shape
 * @property {number} stackedRank
 * @property {number} rank
 * @property {string} path
 * @property {string} pathReason why that one
 * @property {number} seconds reading the files included
 */
/**
 * @typedef {object} CrowdRun
 * @property {CrowdResult} [result] absent when it did not finish
 * @property {string} [failure] why it did not
 * @property {number} seconds until it ended in either way
 * @property {number} peakBytes
 */

/**
 * Aggregates one module of a fleet in a process of its own, as long as that keeps within bounds.
 *
 * @param {Fleet} fleet
 * @param {{ seconds: number, bytes: number }} bounds
 * @returns {Promise<CrowdRun>}
 */
export async function runCrowd(fleet, bounds) {
  const begun = performance.now();
  const child = forkOurs(new URL('aggregateCrowd.mjs', import.meta.url));
  let failure = '';
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk;
  });
  const stop = (/** @type {string} */ why) => {
    failure ||= why;
    child.kill('SIGKILL');
  };
  const memory = watchMemory([child.pid ?? 0], (bytes) => {
    if (bytes > bounds.bytes) stop('stopped: too much memory');
    if (performance.now() - begun > bounds.seconds * 1000) stop('stopped: too long');
  });
  /** @type {CrowdResult | undefined} */
  let result;
  child.once('message', (/** @type {CrowdResult} */ message) => {
    result = message;
    memory.stop();
  });
  child.send(fleet);
  await new Promise((resolve) => child.once('close', resolve));
  memory.stop();
  const { peakBytes } = memory.peak();
  const seconds = (performance.now() - begun) / 1000;
  if (result) return { result, seconds, peakBytes };
  return { failure: failure || lastLine(errors), seconds, peakBytes };
}

/** @param {string} errors */
const lastLine = (errors) => /^\w*Error: .*$/m.exec(errors)?.[0] ?? 'ended without a result';
