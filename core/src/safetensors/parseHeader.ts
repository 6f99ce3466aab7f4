import { Refusal } from '../errors/refusal.js';
import { readHeader } from './readHeader.js';
import { LENGTH_BYTES, readHeaderLength } from './readHeaderLength.js';
import type { SafetensorsHeader } from './safetensorsHeader.js';
import { tensorRefusal } from './tensorRefusal.js';

export type { SafetensorsHeader, TensorEntry } from './safetensorsHeader.js';

/**
 * Reads the header of a safetensors file and checks all that can be checked without the data: caps, encoding,
 * syntax, repeated names, shape × dtype against the byte range, and that the tensors tile the file exactly.
 * @param bytes the start of the file, with at least the whole header
 * @param fileBytes size of the whole file in bytes
 * @throws {Refusal} safetensors_malformed, naming the tensor where one is to blame
 * @throws {RangeError} if `bytes` stops before the header of a well-sized file does
 */
export function parseHeader(bytes: Uint8Array, fileBytes: number): SafetensorsHeader {
  if (fileBytes < LENGTH_BYTES) {
    throw new Refusal('safetensors_malformed', `a file of ${fileBytes} bytes has no safetensors header`);
  }
  assertHolds(bytes, LENGTH_BYTES);
  const dataStart = LENGTH_BYTES + readHeaderLength(bytes);
  if (dataStart > fileBytes) {
    throw new Refusal(
      'safetensors_malformed',
      `the header ends at byte ${dataStart}, beyond the file's ${fileBytes} bytes`,
    );
  }
  assertHolds(bytes, dataStart);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  const beyond = header.tensors.find((tensor) => tensor.end > fileBytes);
  if (beyond) {
    const detail = `ends at byte ${beyond.end}, beyond the file's ${fileBytes} bytes`;
    throw tensorRefusal('safetensors_malformed', beyond.name, detail);
  }
  if (header.fileBytes < fileBytes) {
    throw new Refusal(
      'safetensors_malformed',
      `${fileBytes - header.fileBytes} bytes follow the last tensor and belong to none`,
    );
  }
  return header;
}

function assertHolds(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw new RangeError(`the first ${needed} bytes are needed to parse the header; got ${bytes.length}`);
  }
}
