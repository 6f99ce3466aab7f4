// @ts-check
import { createHash } from 'node:crypto';
import { makeAdapter } from '../demo/makeAdapter.mjs';

/** Every adapter adapts matrices of this shape, at this rank, in float16. */
const SHAPE = /** @type {[number, number]} */ ([2048, 2048]);
const RANK = 16;
const MODULE_BYTES = (SHAPE[0] + SHAPE[1]) * RANK * 2;

/** What tells the clients' files apart: the last two elements, ones whose mantissas hold the client's number. */
const MARK_BYTES = 4;
const ONE = 0x3c00;
const MANTISSA_BITS = 10;

/**
 * @typedef {object} Files adapters of many clients that share all of their memory but a few bytes
 * @property {string} config adapter_config.json
 * @property {number} bytes of each file
 * @property {(client: number) => readonly [Buffer, Buffer]} parts of a client's file, in order
 * @property {(client: number) => string} sha256 of a client's file
 */

/**
 * @param {number} megabytes about, of each file
 * @returns {Files}
 */
export function makeFiles(megabytes) {
  const count = Math.max(1, Math.round((megabytes * 1e6) / MODULE_BYTES));
  const modules = Array.from({ length: count }, (_, layer) => ({
    name: `model.layers.${layer}.self_attn.q_proj`,
    shape: SHAPE,
  }));
  const { config, file } = makeAdapter({ modules, rank: RANK, alpha: 2 * RANK, seed: 1, client: 1 });
  const shared = file.subarray(0, file.length - MARK_BYTES);
  const begun = createHash('sha256').update(shared);
  return {
    config: JSON.stringify(config),
    bytes: file.length,
    parts: (client) => [shared, markOf(client)],
    sha256: (client) => begun.copy().update(markOf(client)).digest('hex'),
  };
}

/** @param {number} client */
function markOf(client) {
  const mark = Buffer.alloc(MARK_BYTES);
  mark.writeUInt16LE(ONE | (client & (2 ** MANTISSA_BITS - 1)));
  mark.writeUInt16LE(ONE | (client >> MANTISSA_BITS), 2);
  return mark;
}
