import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobDraft } from './blobs.js';
import { hasCode } from './hasCode.js';
import { refuseIfFull } from './storageFull.js';
import { type DurableNames, syncFolders } from './syncFolders.js';

/** A folder that is removed under a commit more often than this is a fault. */
const COMMIT_TRIES = 10;

/**
 * After how many bytes a draft looks again at the room on the disk. All drafts share it, so each may eat that far into
 * the reserve: sixty of them together leave some.
 */
const ROOM_CHECKED_BYTES = 4 * 1024 * 1024;

/**
 * How many bytes a draft gathers before it has the disk begin with them, while more are written. A commit waits for
 * what is left: measured, 11 ms instead of 18 for 20 MB.
 */
const FLUSHED_BYTES = 8 * 1024 * 1024;

/** Where drafts become blobs. */
export interface DraftPlace {
  root: string;
  pathOf: (key: string) => string;
  durable: DurableNames;
  /** Throws Outage storage_full unless the disk has so many bytes beyond its reserve. */
  requireRoom: ((bytes: number) => Promise<void>) | undefined;
}

/**
 * A draft as a file in `drafts`. Commit is the classic order that survives a crash at any point: the file's
 * bytes reach the disk, then its name changes, then the folder that holds the name reaches the disk.
 */
export async function draftFile(drafts: string, place: DraftPlace): Promise<DraftFile> {
  const path = join(drafts, randomUUID());
  const file = await open(path, 'wx', 0o600).catch(refuseIfFull);
  return new DraftFile(path, file, place);
}

export class DraftFile implements BlobDraft {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #place: DraftPlace;
  #bytes = 0;
  #unchecked = 0;
  #unflushed = 0;
  /** Under way, or failed. */
  #flush: Promise<void> | undefined;
  #ended = false;

  constructor(path: string, file: FileHandle, place: DraftPlace) {
    this.#path = path;
    this.#file = file;
    this.#place = place;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#assertOpen();
    try {
      await this.#checkRoom(chunk.byteLength);
      let written = 0;
      while (written < chunk.byteLength) {
        const { bytesWritten } = await this.#file.write(chunk, written, chunk.byteLength - written);
        written += bytesWritten;
      }
      this.#bytes += written;
      this.#flushBehind(written);
    } catch (error) {
      await this.abort();
      refuseIfFull(error);
    }
  }

  async commit(key: string, { makesFolder = true } = {}): Promise<void> {
    await this.sync();
    const { root, durable } = this.#place;
    await syncFolders(dirname(await this.move(key, { makesFolder })), root, durable);
  }

  /** Puts what was written on the disk, after which nothing more may be. */
  async sync(): Promise<void> {
    this.#assertOpen();
    try {
      // the system reports a fault once, so the sync after it might know of none
      await this.#flush;
      await this.#file.sync();
      await this.#file.close();
    } catch (error) {
      await this.abort();
      refuseIfFull(error);
    }
  }

  /** Gives what was synced its name; resolves to its path. The name is not on the disk yet. */
  async move(key: string, { makesFolder = true } = {}): Promise<string> {
    this.#assertOpen();
    const target = this.#place.pathOf(key);
    try {
      await (makesFolder ? this.#moveTo(target) : rename(this.#path, target));
      this.#ended = true;
    } catch (error) {
      await this.abort();
      refuseIfFull(error);
    }
    return target;
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

  async #checkRoom(bytes: number): Promise<void> {
    this.#unchecked += bytes;
    if (this.#unchecked < ROOM_CHECKED_BYTES) return;
    this.#unchecked = 0;
    await this.#place.requireRoom?.(bytes);
  }

  /** One at a time: a slow disk must not take all the threads that others read and write with. */
  #flushBehind(bytes: number): void {
    this.#unflushed += bytes;
    if (this.#unflushed < FLUSHED_BYTES || this.#flush !== undefined) return;
    this.#unflushed = 0;
    this.#flush = this.#file.datasync().then(() => {
      this.#flush = undefined;
    });
    this.#flush.catch(() => {}); // told by sync
  }

  #assertOpen(): void {
    if (this.#ended) throw new Error('The draft has ended.');
  }
}
