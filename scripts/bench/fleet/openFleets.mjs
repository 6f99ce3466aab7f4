// @ts-check
import { CAST } from '../../demo/cast.mjs';
import { llama7b } from '../../demo/modelShapes.mjs';
import { toFleet } from './toFleet.mjs';
import { trimFleet } from './trimFleet.mjs';
import { writeFleet } from './writeFleet.mjs';

/** @typedef {import('./toFleet.mjs').Fleet} Fleet */
/**
 * @typedef {object} Fleets written when they are first asked for
 * @property {() => Promise<Fleet>} eight clients of different ranks who learn alike, one module
 * @property {() => Promise<Fleet>} eightStrangers the same, who have no direction in common
 * @property {(count: number) => Promise<Fleet>} crowd many clients of rank 16 in groups, one module
 * @property {(count: number) => Promise<Fleet>} strangers the same, who have no direction in common
 * @property {(modules?: number) => Promise<Fleet>} model eight clients, the first of Llama-7B's modules, all of
 *   the 64 unless told
 */

/** The rank of every client of a crowd. */
const CROWD_RANK = 16;
/** Numbers of training examples run through a cycle, so that weights differ. */
const EXAMPLES = { least: 100, step: 37, cycle: 401 };
/** Modules of a model that is only there to see that everything works. */
const MODULES_QUICK = 6;
/** Groups of 1, 2, 4, 8, … clients: what a group has learnt weighs by its size, so the spectrum decays far down. */
const groupOf = (/** @type {number} */ client) => Math.floor(Math.log2(client + 1));
const alone = (/** @type {number} */ client) => client;

/**
 * @param {string} folder an empty one
 * @param {{ quick: boolean }} options quick: a model of a few modules
 * @returns {Fleets}
 */
export function openFleets(folder, { quick }) {
  const whole = quick ? llama7b().slice(0, MODULES_QUICK) : llama7b();
  const modules = whole.slice(0, 1);
  const eight = CAST.map(({ name, rank, examples }) => ({ name, rank, examples }));
  let crowded = 0;
  /** @type {Map<string, Promise<Fleet>>} */
  const known = new Map();
  /**
   * @param {string} name
   * @param {(root: string) => Promise<Fleet>} write
   */
  const once = (name, write) => {
    const found = known.get(name) ?? write(`${folder}/${name}`);
    known.set(name, found);
    return found;
  };
  const model = () => once('model', (root) => writeFleet(root, whole, eight));
  return {
    eight: () => once('eight', (root) => writeFleet(root, modules, eight)),
    eightStrangers: () =>
      once('eight-strangers', (root) => writeFleet(root, modules, eight, { groupOf: alone })),
    crowd: async (count) => {
      const from = crowded;
      crowded = Math.max(crowded, count);
      const root = `${folder}/crowd`;
      if (from < count) await writeFleet(root, modules, people(count), { from, groupOf });
      return toFleet(root, modules, people(count));
    },
    strangers: (count) =>
      once(`strangers-${count}`, (root) => writeFleet(root, modules, people(count), { groupOf: alone })),
    model: async (count = whole.length) => {
      const fleet = await model();
      if (count === whole.length) return fleet;
      return once(`model-${count}`, (root) => trimFleet(fleet, count, root));
    },
  };
}

/** @param {number} count */
const people = (count) =>
  Array.from({ length: count }, (_, at) => ({
    name: `client-${at}`,
    rank: CROWD_RANK,
    examples: EXAMPLES.least + ((at * EXAMPLES.step) % EXAMPLES.cycle),
  }));
