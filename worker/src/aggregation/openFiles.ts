import type { BlobReader, Blobs } from '@florist/storage/blobs/blobs';

/** Files kept open at most; those of further clients are opened for each read. */
const FILES_MAX = 64;

/** Blobs that are read again and again, each opened but once: opening takes as long as reading a module's factors. */
export interface OpenFiles extends Pick<Blobs, 'readInto'> {
  /** Closes them all, once what is under way is read. Whoever still reads ahead is refused from then on. */
  close(): Promise<void>;
}

export function openFiles(blobs: Pick<Blobs, 'open' | 'readInto'>): OpenFiles {
  const readers = new Map<string, Promise<BlobReader>>();
  let closed = false;
  return {
    async readInto(key, target, begin) {
      if (closed) throw new Error(`${key} is not read any more: the files are closed`);
      if (!readers.has(key) && readers.size === FILES_MAX) return blobs.readInto(key, target, begin);
      const reader = readers.get(key) ?? blobs.open(key);
      readers.set(key, reader);
      await (await reader).readInto(target, begin);
    },
    async close() {
      closed = true;
      const opened = await Promise.allSettled(readers.values());
      for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
    },
  };
}
