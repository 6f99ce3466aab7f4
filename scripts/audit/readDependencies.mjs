// @ts-check
import { readFile } from 'node:fs/promises';
import { inRoot } from '../processes/root.mjs';

/**
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version
 * @property {string} licence an SPDX expression; empty when it names none
 * @property {boolean} hasInstallScript
 * @property {boolean} shipped whether it is installed where Florist runs; else it only builds and tests it
 */

/** @typedef {{ version?: string, license?: string, link?: boolean, dev?: boolean, hasInstallScript?: boolean }} Entry */

/**
 * Everything that the lock file installs on any system, each version once, by name.
 *
 * @param {string} [path] of the lock file
 * @returns {Promise<Dependency[]>}
 */
export async function readDependencies(path = inRoot('package-lock.json')) {
  /** @type {{ packages: Record<string, Entry> }} */
  const { packages } = JSON.parse(await readFile(path, 'utf8'));
  /** @type {Map<string, Dependency>} */
  const found = new Map();
  for (const [place, { version = '', license = '', link, dev, hasInstallScript = false }] of Object.entries(
    packages,
  )) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (!place.includes('node_modules/') || link) continue;
    const id = `${name}@${version}`;
    const shipped = !dev || Boolean(found.get(id)?.shipped);
    found.set(id, { name, version, licence: license, hasInstallScript, shipped });
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
