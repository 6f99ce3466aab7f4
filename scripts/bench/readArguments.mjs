// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

export const SECTION_NAMES = /** @type {const} */ ([
  'module',
  'large',
  'service',
  'thousand',
  'growth',
  'limits',
]);

/** @typedef {(typeof SECTION_NAMES)[number]} SectionName */
/**
 * @typedef {object} Wishes
 * @property {boolean} json whether standard output gets JSON alone
 * @property {boolean} markdown whether docs/benchmarks.md gets the figures
 * @property {boolean} quick whether to run everything once and small, to see that it works
 * @property {SectionName[]} only what to measure, in the order of SECTION_NAMES
 */

export const USAGE = `Usage: npm run bench [-- options], or bench:peer to race the peer as well
  --json            standard output gets JSON alone
  --markdown        docs/benchmarks.md gets the figures
  --quick           everything once and small, to see that it works
  --only module,…   of ${SECTION_NAMES.join(', ')}`;

/**
 * @param {string[]} args
 * @returns {Wishes}
 * @throws {Complaint} for an option or a section that does not exist, or figures not worth keeping
 */
export function readArguments(args) {
  const { json, markdown, quick, only } = parse(args);
  const names = only === undefined ? SECTION_NAMES : only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !SECTION_NAMES.some((section) => section === name));
  if (unknown.length > 0) throw new Complaint(`There is nothing called ${unknown.join(', ')}. ${USAGE}`);
  if (markdown && quick) throw new Complaint(`--quick measures nothing worth writing down. ${USAGE}`);
  return { json, markdown, quick, only: SECTION_NAMES.filter((section) => names.includes(section)) };
}

/** @param {string[]} args */
function parse(args) {
  try {
    const flag = /** @type {const} */ ({ type: 'boolean', default: false });
    const options = /** @type {const} */ ({
      json: flag,
      markdown: flag,
      quick: flag,
      only: { type: 'string' },
    });
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}
