// @ts-check
import { readTensors } from './readTensors.mjs';

/** The sign of the second byte of a little-endian float16. */
const SIGN = 0x80;

/**
 * The same adapter with every B turned round, and so with the opposite update.
 *
 * @param {Buffer<ArrayBuffer>} file in float16
 * @returns {Buffer<ArrayBuffer>}
 */
export function negateFactorB(file) {
  const turned = Buffer.from(file);
  for (const [name, { data }] of readTensors(turned)) {
    if (!name.endsWith('.lora_B.weight')) continue;
    for (let at = 1; at < data.length; at += 2) data[at] = (data[at] ?? 0) ^ SIGN;
  }
  return turned;
}
