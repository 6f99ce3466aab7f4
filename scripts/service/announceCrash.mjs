// @ts-check
import { colours } from '../terminal/colours.mjs';
import { say } from '../terminal/say.mjs';

/**
 * Tells of a crash, and when: whoever reads it may have been away for days.
 *
 * @param {string} message
 */
export function announceCrash(message) {
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const { dim, yellow } = colours();
  say(`${yellow('!')} ${dim(at)} ${message}`);
}
