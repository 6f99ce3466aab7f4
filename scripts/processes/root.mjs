// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * A file of the repository.
 *
 * @param {...string} names
 */
export const inRoot = (...names) => join(ROOT, ...names);
