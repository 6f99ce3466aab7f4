// @ts-check
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A log grows to this many bytes, then moves aside to `<name>.1`: two files of each process at most. */
const LOG_BYTES_MAX = 20_000_000;
const OWNER_ONLY = 0o600;

/**
 * Appends to a log file of limited size, until this process ends; what was written is in the file however it ends.
 *
 * @param {string} path
 * @param {number} [bytesMax]
 * @returns {{ write: (text: string) => void }}
 */
export function openLog(path, bytesMax = LOG_BYTES_MAX) {
  let file = openSync(path, 'a', OWNER_ONLY);
  let bytes = fstatSync(file).size;
  return {
    write: (text) => {
      const length = Buffer.byteLength(text);
      if (bytes > 0 && bytes + length > bytesMax) {
        closeSync(file);
        renameSync(path, `${path}.1`);
        file = openSync(path, 'a', OWNER_ONLY);
        bytes = 0;
      }
      writeSync(file, text);
      bytes += length;
    },
  };
}
