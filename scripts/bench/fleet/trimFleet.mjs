// @ts-check
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { toFleet } from './toFleet.mjs';

/** @typedef {import('./toFleet.mjs').Fleet} Fleet */
/** Tensors of a module: A and B. */
const TENSORS = 2;

/** @typedef {Record<string, { data_offsets?: [begin: number, end: number] }>} Header */

/**
 * The same clients with the first of their modules alone, cut out of their files: the tensors lie in the order
 * of the modules.
 *
 * @param {Fleet} fleet
 * @param {number} count of modules
 * @param {string} root where the smaller files go
 * @returns {Promise<Fleet>}
 */
export async function trimFleet(fleet, count, root) {
  const trimmed = toFleet(root, fleet.modules.slice(0, count), fleet.clients);
  for (const [at, from] of fleet.folders.entries()) {
    const to = trimmed.folders[at] ?? root;
    await mkdir(to, { recursive: true });
    await copyFile(`${from}/adapter_config.json`, `${to}/adapter_config.json`);
    const file = await readFile(`${from}/adapter_model.safetensors`);
    await writeFile(`${to}/adapter_model.safetensors`, trimFile(file, TENSORS * count));
  }
  return trimmed;
}

/**
 * @param {Buffer} file safetensors
 * @param {number} count of tensors to keep
 */
function trimFile(file, count) {
  const start = 8 + Number(file.readBigUInt64LE());
  /** @type {Header} */
  const header = JSON.parse(file.toString('utf8', 8, start));
  const { __metadata__, ...tensors } = header;
  const kept = Object.entries(tensors).slice(0, count);
  const end = Math.max(...kept.map(([, tensor]) => tensor.data_offsets?.[1] ?? 0));
  const text = Buffer.from(JSON.stringify({ __metadata__, ...Object.fromEntries(kept) }));
  const head = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8, ' ');
  head.writeBigUInt64LE(BigInt(head.length - 8));
  head.set(text, 8);
  return Buffer.concat([head, file.subarray(start, start + end)]);
}
