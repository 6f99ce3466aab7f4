// @ts-check
import { formatBytes } from '../../terminal/format.mjs';
import { formatRatio } from './formatRatio.mjs';
import { formatTime } from './formatTime.mjs';

/**
 * @typedef {object} Target something that was promised
 * @property {string} work
 * @property {'at least' | 'at most'} sense
 * @property {number} bound
 * @property {'×' | 'bytes' | 's'} unit
 * @property {number} [measured]
 * @property {string} [failed] why there is nothing to measure, where the work itself failed
 * @property {string} [why] what keeps it from being better, or why it was not measured
 */
/**
 * @typedef {object} Judgement
 * @property {boolean} [met] absent where nothing was measured
 * @property {string} wanted
 * @property {string} found
 * @property {string} verdict in a few words
 * @property {string} [reason] of a promise that is missed or was not measured
 */

const NONE = '–';
const FORMATS = {
  '×': formatRatio,
  bytes: (/** @type {number} */ bytes) => formatBytes(Math.round(bytes)),
  s: formatTime,
};

/**
 * Whether a promise is kept, and if not, by how much it is missed.
 *
 * @param {Target} target
 * @returns {Judgement}
 */
export function judge({ sense, bound, unit, measured, failed, why }) {
  const format = FORMATS[unit];
  const wanted = `${sense === 'at least' ? '≥' : '≤'} ${format(bound)}`;
  const because = (/** @type {string | undefined} */ reason) => (reason === undefined ? {} : { reason });
  if (failed !== undefined) return { met: false, wanted, found: NONE, verdict: 'missed', ...because(failed) };
  if (measured === undefined) return { wanted, found: NONE, verdict: 'not measured', ...because(why) };
  const found = format(measured);
  if (sense === 'at least' ? measured >= bound : measured <= bound) {
    return { met: true, wanted, found, verdict: 'met' };
  }
  const share = 100 * (sense === 'at least' ? 1 - measured / bound : measured / bound - 1);
  const verdict = `missed by ${share.toFixed(share < 10 ? 1 : 0)} %`;
  return { met: false, wanted, found, verdict, ...because(why) };
}
