// @ts-check
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';

/** A log grows to this many bytes, then moves aside to `<name>.1`: two files of each process at most. */
const LOG_BYTES_MAX = 20_000_000;

/**
 * Appends to a log file of limited size.
 *
 * @param {string} path
 * @returns {{ write: (text: string) => void, close: () => void }}
 */
export function openLog(path) {
  let bytes = existsSync(path) ? statSync(path).size : 0;
  let stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  return {
    write: (text) => {
      bytes += Buffer.byteLength(text);
      if (bytes > LOG_BYTES_MAX) {
        stream.end();
        renameSync(path, `${path}.1`);
        stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
        bytes = Buffer.byteLength(text);
      }
      stream.write(text);
    },
    close: () => stream.end(),
  };
}
