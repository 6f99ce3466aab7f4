// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

export const USAGE = `Usage: npm run demo [-- --exit]
  --exit   ends after the table, with the round's result as exit code`;

/**
 * @param {string[]} args
 * @throws {Complaint} for an option that does not exist
 */
export function readOptions(args) {
  try {
    return parseArgs({ args, options: { exit: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}
