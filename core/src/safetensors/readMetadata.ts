import { Refusal } from '../errors/refusal.js';
import { quoteName } from './quoteName.js';
import type { HeaderValue } from './readHeaderJson.js';

/**
 * Checks `__metadata__`: an object of strings, or absent. The record has no prototype, so that no key of a
 * hostile file can shadow or set anything.
 * @throws {Refusal} safetensors_malformed
 */
export function readMetadata(value: HeaderValue | undefined): Record<string, string> {
  const metadata: Record<string, string> = Object.create(null);
  if (value === undefined) return metadata;
  if (!(value instanceof Map)) throw new Refusal('safetensors_malformed', '__metadata__ must be an object');
  for (const [key, text] of value) {
    if (typeof text !== 'string') {
      throw new Refusal(
        'safetensors_malformed',
        `__metadata__ must hold strings only; ${quoteName(key)} is not`,
      );
    }
    metadata[key] = text;
  }
  return metadata;
}
