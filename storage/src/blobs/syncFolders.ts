import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './hasCode.js';

/**
 * Puts the names in a folder, and those of the folders on the way from `root` to it, on the disk: a file is
 * not durable while the name of a folder above it is not. All of them, even if this process made none:
 * another may have made one a moment ago. Syncing a folder that has not changed costs next to nothing.
 */
export async function syncFolders(path: string, root: string): Promise<void> {
  for (let folder = path; ; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === root || folder === dirname(folder)) return;
  }
}

/** A folder that was removed meanwhile took its names with it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
