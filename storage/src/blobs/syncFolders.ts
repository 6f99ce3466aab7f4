import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './hasCode.js';

/** Names remembered at most; beyond it they are forgotten, which costs a few syncs. */
const NAMES_MAX = 10_000;

/** Folders whose own name is known to be on the disk, and which folder bore it then. */
export type DurableNames = Map<string, string>;

/**
 * Puts the names in a folder, and those of the folders on the way from `root` to it, on the disk: a file is
 * not durable while the name of a folder above it is not. Another process may have made one of them a moment ago,
 * so only those that this one has synced itself are passed over, and only while they are the same: one that was
 * removed and made anew has another inode or another birth.
 * @param durable what is known, to which is added what is synced now
 * @returns how many folders were synced
 */
export async function syncFolders(path: string, root: string, durable?: DurableNames): Promise<number> {
  await syncFolder(path);
  let synced = 1;
  for (let folder = path; folder !== root && folder !== dirname(folder); folder = dirname(folder)) {
    const identity = await identityOf(folder);
    // whoever made this name durable did so with all above it, and nobody moves a folder to another place
    if (identity !== undefined && durable?.get(folder) === identity) return synced;
    await syncFolder(dirname(folder));
    synced++;
    if (identity !== undefined) remember(durable, folder, identity);
  }
  return synced;
}

function remember(durable: DurableNames | undefined, folder: string, identity: string): void {
  if (durable !== undefined && durable.size >= NAMES_MAX) durable.clear();
  durable?.set(folder, identity);
}

async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(undefinedIfGone);
  return found && `${found.dev} ${found.ino} ${found.birthtimeNs}`;
}

/** Puts the names in a folder on the disk. One that was removed meanwhile took its names with it. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(undefinedIfGone);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

function undefinedIfGone(error: unknown): undefined {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
  throw error;
}
