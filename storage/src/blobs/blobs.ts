import type { Readable } from 'node:stream';

/** A blob that is being written and that nobody sees before it is committed. */
export interface BlobDraft {
  /** How many bytes were written so far. */
  readonly bytes: number;
  /** Resolves when more may be written; the chunk may then be reused. Throws Outage storage_full. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes the blob durable and then visible under its key, replacing what was there. */
  commit(key: string): Promise<void>;
  /** Throws away what was written; harmless after commit. */
  abort(): Promise<void>;
}

export interface BlobWriteOptions {
  /** For small files of the ledger's own, which must find room where an upload no longer does. */
  intoReserve?: boolean;
  /** Only beside what is there: nothing is written where the key's folder is gone, or was never made. */
  beside?: boolean;
}

/** A blob that is kept open, to be read piece by piece. */
export interface BlobReader {
  /** Fills target with the bytes from begin on. */
  readInto(target: Uint8Array, begin: number): Promise<void>;
  /** Ends reading; what is under way is finished first. */
  close(): Promise<void>;
}

/** Where adapters and results are kept: whole, durable, under keys such as `federations/demo/rounds/1/…`. */
export interface Blobs {
  /** @param expectedBytes refuses with storage_full at once when that much is not free */
  begin(expectedBytes?: number): Promise<BlobDraft>;
  /** Throws Outage storage_full. */
  write(key: string, data: Uint8Array | AsyncIterable<Uint8Array>, options?: BlobWriteOptions): Promise<void>;
  /**
   * Makes files durable and then visible under one prefix, in this order and in less time than one after the other. A
   * fault may leave some of them. Throws Outage storage_full.
   */
  commitAll(prefix: string, files: Readonly<Record<string, BlobDraft | Uint8Array>>): Promise<void>;
  /** Exactly the bytes [begin, end), at the start of a buffer of their own. Throws BlobMissing. */
  read(key: string, begin: number, end: number): Promise<Buffer>;
  /** Fills target with the bytes from begin on. Throws BlobMissing. */
  readInto(key: string, target: Uint8Array, begin: number): Promise<void>;
  /** For many reads of one blob. Throws BlobMissing. */
  open(key: string): Promise<BlobReader>;
  /** The bytes [begin, end), all by default. Throws BlobMissing before anything is read. */
  stream(key: string, range?: { begin: number; end: number }): Promise<Readable>;
  /** Its size, and when it was written. */
  stat(key: string): Promise<{ bytes: number; modifiedMs: number } | undefined>;
  /** Harmless when there is none. Folders that are empty then go too. What is removed stays so after a power cut. */
  remove(key: string): Promise<void>;
  /** Removes every blob whose key begins with the prefix, which ends in '/'. */
  removeFolder(prefix: string): Promise<void>;
  /** Keys that begin with the prefix, in order. */
  list(prefix: string): AsyncIterable<string>;
  /** Throws unless a blob can be written now. */
  check(): Promise<void>;
  /** Room on the disk; undefined for a store that knows no bound. */
  space(): Promise<{ freeBytes: number; totalBytes: number } | undefined>;
  /** Removes drafts that were left behind long ago; returns how many. */
  sweepDrafts(): Promise<number>;
}
