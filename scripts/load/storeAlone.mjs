// @ts-check
import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '../../worker/dist/aggregation/inParallel.js';

/** Files under way at a time: enough to keep every thread that writes files at work. */
const WRITERS = 16;

/**
 * Writes the clients' files and syncs each, and does nothing else: no server that answers when a file is on the disk
 * can be faster.
 *
 * @param {string} parent in which to make a folder, which is removed again
 * @param {number} clients
 * @param {import('./makeFiles.mjs').Files} files
 * @returns {Promise<number>} seconds
 */
export async function storeAlone(parent, clients, files) {
  const folder = await mkdtemp(join(parent, 'alone-'));
  const numbers = Array.from({ length: clients }, (_, client) => client);
  try {
    const begun = performance.now();
    await inParallel(numbers, WRITERS, async (client) => {
      const file = await open(join(folder, String(client)), 'wx');
      try {
        for (const part of files.parts(client)) await file.writeFile(part);
        await file.sync();
      } finally {
        await file.close();
      }
    });
    return (performance.now() - begun) / 1000;
  } finally {
    await rm(folder, { recursive: true });
  }
}
