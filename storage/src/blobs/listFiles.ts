import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './hasCode.js';

/** Keys of the files below a folder, in the order of their code units, as an object store lists them. */
export async function* listFiles(folder: string, prefix: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
  // a folder sorts as its name with the '/' that its keys continue with
  const named = entries.map((entry) => ({
    entry,
    name: entry.isDirectory() ? `${entry.name}/` : entry.name,
  }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { entry, name } of named) {
    if (entry.isDirectory()) yield* listFiles(join(folder, entry.name), prefix + name);
    else yield prefix + name;
  }
}
