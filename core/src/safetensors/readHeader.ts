import { Refusal } from '../errors/refusal.js';
import { checkTiling } from './checkTiling.js';
import { decodeUtf8 } from './decodeUtf8.js';
import { readHeaderJson } from './readHeaderJson.js';
import { LENGTH_BYTES } from './readHeaderLength.js';
import { readMetadata } from './readMetadata.js';
import { readTensorEntry } from './readTensorEntry.js';
import type { SafetensorsHeader, TensorEntry } from './safetensorsHeader.js';

/**
 * Reads a header by itself, without the length before it or the data behind it. `fileBytes` is what the header
 * declares; whether the file has that size is for the caller to check.
 * @throws {Refusal} safetensors_malformed
 */
export function readHeader(json: Uint8Array): SafetensorsHeader {
  const object = readHeaderJson(decodeHeader(json));
  const metadata = readMetadata(object.get('__metadata__'));
  object.delete('__metadata__');
  const entries: TensorEntry[] = [];
  for (const [name, value] of object) entries.push(readTensorEntry(name, value));
  const { tensors, dataBytes } = checkTiling(entries);
  const dataStart = LENGTH_BYTES + json.length;
  for (const tensor of tensors) {
    tensor.begin += dataStart;
    tensor.end += dataStart;
  }
  return { tensors, metadata, dataStart, fileBytes: dataStart + dataBytes };
}

function decodeHeader(json: Uint8Array): string {
  try {
    return decodeUtf8(json);
  } catch {
    throw new Refusal('safetensors_malformed', 'the header is not valid UTF-8');
  }
}
