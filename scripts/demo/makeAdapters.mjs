// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALPHA_PER_RANK, BASE_MODEL, CAST, SEED } from './cast.mjs';
import { makeAdapter } from './makeAdapter.mjs';
import { tinyLlama } from './modelShapes.mjs';

/** @typedef {import('./cast.mjs').Player & { folder: string, bytes: number }} Upload */

/**
 * Writes the demo's adapters as PEFT's save_pretrained would, a folder for each client.
 *
 * @param {string} folder
 * @param {(progress: string) => void} progress
 * @returns {Promise<Upload[]>}
 */
export async function makeAdapters(folder, progress) {
  /** @type {Upload[]} */
  const uploads = [];
  const modules = tinyLlama();
  for (const [client, player] of CAST.entries()) {
    progress(`${client} of ${CAST.length}`);
    const { rank, name } = player;
    const alpha = ALPHA_PER_RANK * rank;
    const { config, file } = makeAdapter({ modules, rank, alpha, seed: SEED, client, baseModel: BASE_MODEL });
    const own = join(folder, name);
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'adapter_config.json'), `${JSON.stringify(config, null, 2)}\n`);
    await writeFile(join(own, 'adapter_model.safetensors'), file);
    uploads.push({ ...player, folder: own, bytes: file.length });
  }
  return uploads;
}
