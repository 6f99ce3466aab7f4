import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobDraft } from './blobs.js';
import { hasCode } from './hasCode.js';
import { refuseIfFull } from './storageFull.js';
import { syncFolders } from './syncFolders.js';

/** A folder that is removed under a commit more often than this is a fault. */
const COMMIT_TRIES = 10;

/**
 * A draft as a file in `drafts`. Commit is the classic order that survives a crash at any point: the file's
 * bytes reach the disk, then its name changes, then the folder that holds the name reaches the disk.
 */
export async function draftFile(
  drafts: string,
  root: string,
  pathOf: (key: string) => string,
): Promise<BlobDraft> {
  const path = join(drafts, randomUUID());
  const file = await open(path, 'wx', 0o600).catch(refuseIfFull);
  return new DraftFile(path, file, root, pathOf);
}

class DraftFile implements BlobDraft {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #root: string;
  readonly #pathOf: (key: string) => string;
  #bytes = 0;
  #ended = false;

  constructor(path: string, file: FileHandle, root: string, pathOf: (key: string) => string) {
    this.#path = path;
    this.#file = file;
    this.#root = root;
    this.#pathOf = pathOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#assertOpen();
    try {
      let written = 0;
      while (written < chunk.byteLength) {
        const { bytesWritten } = await this.#file.write(chunk, written, chunk.byteLength - written);
        written += bytesWritten;
      }
      this.#bytes += written;
    } catch (error) {
      await this.abort();
      refuseIfFull(error);
    }
  }

  async commit(key: string): Promise<void> {
    this.#assertOpen();
    const target = this.#pathOf(key);
    try {
      await this.#file.sync();
      await this.#file.close();
      await this.#moveTo(target);
      this.#ended = true;
    } catch (error) {
      await this.abort();
      refuseIfFull(error);
    }
    await syncFolders(dirname(target), this.#root);
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#file.close().catch(() => {});
    await rm(this.#path, { force: true });
  }

  /** The folder may be removed between its making and the move, and while it is being made. */
  async #moveTo(target: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await rename(this.#path, target);
        return;
      } catch (error) {
        if (attempt === COMMIT_TRIES || !hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
      }
    }
  }

  #assertOpen(): void {
    if (this.#ended) throw new Error('The draft has ended.');
  }
}
