// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { ALPHA_PER_RANK, SEED } from '../../demo/cast.mjs';
import { makeAdapter } from '../../demo/makeAdapter.mjs';
import { toFleet } from './toFleet.mjs';

/** @typedef {import('./toFleet.mjs').Fleet} Fleet */

/**
 * Writes the adapters of some clients, the same bytes in every run. Those of one group learn the same directions,
 * of decaying size, and each adds noise of its own.
 *
 * @param {string} root made if missing
 * @param {Fleet['modules']} modules
 * @param {Fleet['clients']} clients
 * @param {{ from?: number, groupOf?: (client: number) => number }} [options] from: the first client to write,
 *   where those before it are there; groupOf: one group of all clients unless told
 * @returns {Promise<Fleet>}
 */
export async function writeFleet(root, modules, clients, { from = 0, groupOf = () => 0 } = {}) {
  const fleet = toFleet(root, modules, clients);
  for (const [client, { rank }] of clients.entries()) {
    const folder = fleet.folders[client];
    if (client < from || folder === undefined) continue;
    const seed = SEED + groupOf(client);
    const { config, file } = makeAdapter({ modules, rank, alpha: ALPHA_PER_RANK * rank, seed, client });
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}/adapter_config.json`, JSON.stringify(config));
    await writeFile(`${folder}/adapter_model.safetensors`, file);
  }
  return fleet;
}
