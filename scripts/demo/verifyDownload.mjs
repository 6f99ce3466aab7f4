// @ts-check
import { createHash } from 'node:crypto';
import { Complaint } from '../terminal/complaint.mjs';

/** @typedef {import('./awaitAdapter.mjs').AdapterResult} AdapterResult */

/**
 * Downloads an adapter and holds it against what the service says of it: size, SHA-256, and from its header
 * the number of parameters and the total rank.
 *
 * @param {import('./openApi.mjs').Api} api
 * @param {string} path of the round
 * @param {{ id: string, result: AdapterResult }} adapter
 * @throws {Complaint} naming what differs
 */
export async function verifyDownload(api, path, { id, result }) {
  const file = await api.bytes(`${path}/adapter/adapter_model.safetensors?adapter=${id}`);
  const config = await api.json('GET', `${path}/adapter/adapter_config.json?adapter=${id}`);
  /** @type {Record<string, { shape: number[] }>} */
  const { __metadata__: _, ...tensors } = JSON.parse(
    file.toString('utf8', 8, 8 + Number(file.readBigUInt64LE())),
  );
  const shapes = Object.entries(tensors);
  const downloaded = {
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
    parameters: shapes.reduce((sum, [, { shape }]) => sum + shape.reduce((size, side) => size * side, 1), 0),
    totalRank: shapes.reduce(
      (sum, [name, { shape }]) => sum + (name.includes('lora_A') ? (shape[0] ?? 0) : 0),
      0,
    ),
  };
  for (const [key, found] of Object.entries(downloaded)) {
    const said = result[/** @type {keyof typeof downloaded} */ (key)];
    if (said !== found) throw new Complaint(`Adapter ${id} has ${key} ${found}, the service said ${said}.`);
  }
  if (config.peft_type !== 'LORA') throw new Complaint(`The config of adapter ${id} is not PEFT's.`);
}
