// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listAll } from '../simulate/listAll.mjs';
import { nameOf } from './openFederation.mjs';

const FILE = 'adapter_model.safetensors';

/**
 * Looks for every submission that was acknowledged: in the round's list, and byte for byte on the disk.
 *
 * @param {import('../bench/service/openBenchService.mjs').BenchService} service
 * @param {string} round its path
 * @param {import('./uploadAll.mjs').Uploads} uploads
 * @param {import('./makeFiles.mjs').Files} files
 * @returns {Promise<string[]>} a line for each fault
 */
export async function findMissing({ api, dataDir }, round, { answers }, files) {
  const listed = new Map(
    (await listAll(api, `${round}/submissions`)).map((item) => [item.client, item.sha256]),
  );
  const folder = join(dataDir, 'blobs', ...round.split('/').slice(2), 'submissions');
  const names = await readdir(folder, { recursive: true });
  const stored = new Set();
  for (const name of names) if (name.endsWith(FILE)) stored.add(await sha256Of(join(folder, name)));
  return answers.flatMap(({ status, text }, client) => {
    const name = nameOf(client);
    if (status !== 201) return [`${name} was answered with ${status}: ${text.slice(0, 200)}`];
    const sha256 = files.sha256(client);
    if (JSON.parse(text).sha256 !== sha256) return [`the receipt of ${name} is not for its file`];
    if (listed.get(name) !== sha256) return [`${name} was acknowledged and is not listed`];
    return stored.has(sha256) ? [] : [`${name} was acknowledged and is not on the disk`];
  });
}

/** @param {string} path */
async function sha256Of(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
