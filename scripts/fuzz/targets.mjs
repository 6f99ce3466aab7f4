// @ts-check

/**
 * What is fuzzed, in this order, and which share of the cases each target gets: about as much time each. A file
 * of `targets` has the name of what it exports.
 */
export const TARGETS = [
  { name: 'header', share: 0.2 },
  { name: 'scanner', share: 0.2 },
  { name: 'nonFinite', share: 0.365 },
  { name: 'config', share: 0.1 },
  { name: 'patterns', share: 0.03 },
  { name: 'adapter', share: 0.1 },
  { name: 'upload', share: 0.005 },
];

/**
 * @param {string} name
 * @returns {Promise<import('./tryTarget.mjs').Target<any> & { open?: () => Promise<Opened> }>}
 */
export async function loadTarget(name) {
  const module = await import(`./targets/${name}.mjs`);
  return module[name];
}

/** @typedef {{ close: () => Promise<void>, memory: () => Promise<number> }} Opened what a target has started */
