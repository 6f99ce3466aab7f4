import { readFileSync } from 'node:fs';

/** The version in the api's package.json. */
export const API_VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
