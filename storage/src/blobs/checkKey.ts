/** What S3 and its likes allow for a whole key, in bytes; the folder's path comes on top of it. */
const KEY_BYTES_MAX = 1_024;
/** The longest file name that common file systems take, in bytes, less what a draft's suffix may need. */
const SEGMENT_BYTES_MAX = 200;

const SEGMENT = /^[A-Za-z0-9._-]+$/;

/**
 * Keys are `/`-separated names that mean the same in a folder, in an object store and in a URL, and that
 * cannot lead out of the folder.
 * @throws Error, since callers build keys from checked names
 */
export function checkKey(key: string): void {
  const segments = key.split('/');
  const wellFormed = segments.every(
    (segment) =>
      SEGMENT.test(segment) && segment !== '.' && segment !== '..' && segment.length <= SEGMENT_BYTES_MAX,
  );
  if (!wellFormed || key.length > KEY_BYTES_MAX) throw new Error(`${JSON.stringify(key)} is not a blob key.`);
}

/** A prefix is a key with a '/' at its end. */
export function checkPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new Error(`${JSON.stringify(prefix)} is not a blob prefix.`);
  checkKey(prefix.slice(0, -1));
}
