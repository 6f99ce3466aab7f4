import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { BlobMissing } from './blobMissing.js';
import type { BlobDraft, BlobReader, Blobs, BlobWriteOptions } from './blobs.js';
import { checkKey, checkPrefix } from './checkKey.js';
import { DraftFile, draftFile } from './draftFile.js';
import { hasCode } from './hasCode.js';
import { listFiles } from './listFiles.js';
import { storageFull } from './storageFull.js';
import { type DurableNames, syncFolder, syncFolders } from './syncFolders.js';

/** Drafts and what is being removed; blobs lie beside it under their keys. */
const DRAFTS = 'tmp';
/** Left for Redis's append-only file, the ledger's records and receipts, which have no one to refuse; in bytes. */
const RESERVE_BYTES = 256 * 1024 * 1024;
/** No upload takes this long, so whatever is older was left by a process that ended. */
const DRAFT_AGE_MS = 24 * 60 * 60 * 1000;

export interface FolderBlobsOptions {
  /** Bytes that must stay free on the disk for a draft to begin. */
  reserveBytes?: number;
}

/** Blobs as files in a folder, which several machines may share over a network file system. */
export async function folderBlobs(root: string, options: FolderBlobsOptions = {}): Promise<Blobs> {
  const folder = new FolderBlobs(resolve(root), options.reserveBytes ?? RESERVE_BYTES);
  await folder.prepare();
  return folder;
}

class FolderBlobs implements Blobs {
  readonly #root: string;
  readonly #drafts: string;
  readonly #reserveBytes: number;
  readonly #durable: DurableNames = new Map();

  constructor(root: string, reserveBytes: number) {
    this.#root = root;
    this.#drafts = join(root, DRAFTS);
    this.#reserveBytes = reserveBytes;
  }

  async prepare(): Promise<void> {
    const made = await mkdir(this.#drafts, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolders(this.#root, dirname(made));
  }

  async begin(expectedBytes = 0): Promise<DraftFile> {
    const requireRoom = (bytes: number) => this.#requireRoom(bytes);
    await requireRoom(expectedBytes);
    return this.#draft(requireRoom);
  }

  async write(
    key: string,
    data: Uint8Array | AsyncIterable<Uint8Array>,
    { intoReserve = false, beside = false }: BlobWriteOptions = {},
  ): Promise<void> {
    this.#path(key);
    const bytes = data instanceof Uint8Array ? data.byteLength : 0;
    const draft = intoReserve ? await this.#draft() : await this.begin(bytes);
    try {
      if (data instanceof Uint8Array) await draft.write(data);
      else for await (const chunk of data) await draft.write(chunk);
      await draft.commit(key, { makesFolder: !beside });
    } catch (error) {
      await draft.abort();
      if (!(beside && hasCode(error, 'ENOENT', 'ENOTDIR'))) throw error;
    }
  }

  async commitAll(prefix: string, files: Readonly<Record<string, BlobDraft | Uint8Array>>): Promise<void> {
    checkPrefix(prefix);
    const drafts: [string, DraftFile][] = [];
    try {
      for (const [name, content] of Object.entries(files)) {
        drafts.push([prefix + name, await this.#draftOf(content)]);
      }
      for (const [key] of drafts) this.#path(key); // or none is moved
      await Promise.all(drafts.map(([, draft]) => draft.sync()));
      for (const [key, draft] of drafts) await draft.move(key);
    } catch (error) {
      await Promise.all(drafts.map(([, draft]) => draft.abort()));
      throw error;
    }
    await syncFolders(this.#path(prefix.slice(0, -1)), this.#root, this.#durable);
  }

  async read(key: string, begin: number, end: number): Promise<Buffer> {
    if (!(Number.isSafeInteger(begin) && Number.isSafeInteger(end) && 0 <= begin && begin <= end)) {
      throw new RangeError(`[${begin}, ${end}) is not a range of bytes.`);
    }
    const target = Buffer.allocUnsafeSlow(end - begin);
    await this.readInto(key, target, begin);
    return target;
  }

  async readInto(key: string, target: Uint8Array, begin: number): Promise<void> {
    const reader = await this.open(key);
    try {
      await reader.readInto(target, begin);
    } finally {
      await reader.close();
    }
  }

  async open(key: string): Promise<BlobReader> {
    const file = await this.#open(key);
    return {
      async readInto(target, begin) {
        let filled = 0;
        while (filled < target.byteLength) {
          const { bytesRead } = await file.read(target, filled, target.byteLength - filled, begin + filled);
          if (bytesRead === 0) throw new RangeError(`${key} ends before byte ${begin + target.byteLength}.`);
          filled += bytesRead;
        }
      },
      close: () => file.close(),
    };
  }

  async stream(key: string, range?: { begin: number; end: number }): Promise<Readable> {
    const file = await this.#open(key);
    if (range === undefined) return file.createReadStream();
    // the stream's own end is inclusive, so it cannot express an empty range
    if (range.end > range.begin) return file.createReadStream({ start: range.begin, end: range.end - 1 });
    await file.close();
    throw new RangeError(`[${range.begin}, ${range.end}) holds no bytes.`);
  }

  async stat(key: string): Promise<{ bytes: number; modifiedMs: number } | undefined> {
    const found = await stat(this.#path(key)).catch(undefinedIfMissing);
    return found?.isFile() ? { bytes: found.size, modifiedMs: found.mtimeMs } : undefined;
  }

  async remove(key: string): Promise<void> {
    const path = this.#path(key);
    await rm(path, { force: true });
    await this.#prune(dirname(path));
  }

  /** Moved aside first, so that it vanishes at once and a blob written meanwhile is not half removed. */
  async removeFolder(prefix: string): Promise<void> {
    checkPrefix(prefix);
    const path = this.#path(prefix.slice(0, -1));
    const aside = join(this.#drafts, `removed-${randomUUID()}`);
    try {
      await rename(path, aside);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
      throw error;
    }
    await this.#prune(dirname(path));
    await rm(aside, { recursive: true, force: true });
  }

  async *list(prefix: string): AsyncGenerator<string> {
    checkPrefix(prefix);
    yield* listFiles(this.#path(prefix.slice(0, -1)), prefix);
  }

  async check(): Promise<void> {
    const draft = await this.begin();
    try {
      await draft.write(Uint8Array.of(0));
    } finally {
      await draft.abort();
    }
  }

  async space(): Promise<{ freeBytes: number; totalBytes: number }> {
    const { bavail, blocks, bsize } = await statfs(this.#drafts);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }

  async sweepDrafts(): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.#drafts)) {
      const path = join(this.#drafts, name);
      const found = await stat(path).catch(undefinedIfMissing);
      if (found === undefined || Date.now() - found.mtimeMs < DRAFT_AGE_MS) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }

  async #draftOf(content: BlobDraft | Uint8Array): Promise<DraftFile> {
    if (content instanceof DraftFile) return content;
    if (!(content instanceof Uint8Array)) throw new TypeError('The draft is of another store.');
    const draft = await this.begin(content.byteLength);
    await draft.write(content);
    return draft;
  }

  /** @param requireRoom asked time and again; a draft without it may use the reserve */
  #draft(requireRoom?: (bytes: number) => Promise<void>): Promise<DraftFile> {
    const place = { root: this.#root, pathOf: (key: string) => this.#path(key), durable: this.#durable };
    return draftFile(this.#drafts, { ...place, requireRoom });
  }

  /** @throws Outage storage_full unless the disk has so many bytes beyond the reserve */
  async #requireRoom(bytes: number): Promise<void> {
    const { freeBytes } = await this.space();
    if (freeBytes < this.#reserveBytes + bytes) throw storageFull();
  }

  /**
   * Removes folders that nothing is left in, and puts on the disk that they, or what was in the last, are gone. One
   * that a commit is about to use is made again by the commit.
   */
  async #prune(path: string): Promise<void> {
    let folder = path;
    for (; folder !== this.#root; folder = dirname(folder)) {
      const emptied = await rmdir(folder).then(
        () => true,
        (error: unknown) => hasCode(error, 'ENOENT'),
      );
      if (!emptied) break;
    }
    await syncFolder(folder);
  }

  #path(key: string): string {
    checkKey(key);
    if (key === DRAFTS || key.startsWith(`${DRAFTS}/`)) throw new Error(`${key} is where drafts are kept.`);
    return join(this.#root, key);
  }

  async #open(key: string): Promise<FileHandle> {
    try {
      return await open(this.#path(key), 'r');
    } catch (error) {
      throw hasCode(error, 'ENOENT', 'ENOTDIR') ? new BlobMissing(key) : error;
    }
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
  throw error;
}
