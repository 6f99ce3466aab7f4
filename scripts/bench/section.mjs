// @ts-check

/** @typedef {import('./readArguments.mjs').SectionName} SectionName */
/** @typedef {import('./report/judge.mjs').Target} Target */
/**
 * @typedef {object} Bench what sections measure with
 * @property {import('./fleet/openFleets.mjs').Fleets} fleets
 * @property {import('./ours/openOurs.mjs').Ours} ours
 * @property {import('./peer/openPeer.mjs').Peer} [peer]
 * @property {string} folder for what they write
 * @property {number} cores
 * @property {boolean} quick whether to run everything once and small
 * @property {Work[]} work done so far, by all sections
 */
/**
 * @typedef {object} Table
 * @property {string} title
 * @property {import('../terminal/drawTable.mjs').Column[]} columns
 * @property {string[][]} rows
 * @property {string[]} notes
 */
/**
 * @typedef {object} Work a row to hold against what the machine can do
 * @property {string} name
 * @property {number} seconds
 * @property {number} bytes read and written at the least
 * @property {number} operations float64, at the least; a multiplication and an addition are two
 */
/**
 * @typedef {object} Outcome
 * @property {Record<string, unknown>} data every figure, for programs
 * @property {Table[]} tables
 * @property {Target[]} targets
 * @property {Work[]} work
 */
/**
 * @typedef {object} Section
 * @property {string} title
 * @property {string} takes about how long, on two cores with the peer
 * @property {(bench: Bench, progress: (text: string) => void) => Promise<Outcome>} measure
 */

export {};
