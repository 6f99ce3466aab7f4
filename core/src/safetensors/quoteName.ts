import { clipName } from './clipName.js';

/** A name that a client chose, fit for a one-line message: quoted, escaped, cut at a cap. */
export function quoteName(name: string): string {
  return JSON.stringify(clipName(name));
}
