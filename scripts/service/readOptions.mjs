// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

export const USAGE = `Usage: npm start [-- --verbose]
  --verbose   shows what the processes log; without, only errors
The settings are in the environment; README.md lists them.`;

/**
 * @param {string[]} args
 * @throws {Complaint} for an option that does not exist
 */
export function readOptions(args) {
  try {
    return parseArgs({ args, options: { verbose: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}
