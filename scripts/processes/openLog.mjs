// @ts-check
import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A log grows to this many bytes, then moves aside to `<name>.1`: two files of each process at most. */
const LOG_BYTES_MAX = 20_000_000;
const OWNER_ONLY = 0o600;

/**
 * Appends to a log file of limited size, until this process ends; what was written is in the file however it ends.
 * What a full disk does not take is left out, and the log says how much once it takes something again.
 *
 * @param {string} path
 * @param {number} [bytesMax]
 * @returns {{ write: (text: string) => void }}
 */
export function openLog(path, bytesMax = LOG_BYTES_MAX) {
  let file = openSync(path, 'a', OWNER_ONLY);
  let bytes = fstatSync(file).size;
  let missing = 0;
  const moveAside = () => {
    if (existsSync(path)) renameSync(path, `${path}.1`);
    const next = openSync(path, 'a', OWNER_ONLY);
    closeSync(file);
    file = next;
    bytes = 0;
  };
  const append = (/** @type {string} */ text) => {
    const length = Buffer.byteLength(text);
    if (bytes > 0 && bytes + length > bytesMax) moveAside();
    const written = writeSync(file, text);
    bytes += written;
    if (written < length) throw new Error('the disk is full');
  };
  return {
    write: (text) => {
      try {
        if (missing > 0) append(`\n… ${missing} entries are missing: the disk did not take them\n`);
        missing = 0;
        append(text);
      } catch {
        missing++;
      }
    },
  };
}
