// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

export const USAGE = 'Usage: npm run precision [-- [--json] [--markdown]]';

/**
 * @param {string[]} args
 * @returns {{ json: boolean, markdown: boolean }} whether standard output gets JSON alone, and whether
 *   docs/precision.md gets the tables
 * @throws {Complaint} for an option that does not exist
 */
export function readArguments(args) {
  try {
    const flag = /** @type {const} */ ({ type: 'boolean', default: false });
    return parseArgs({ args, options: { json: flag, markdown: flag } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}
