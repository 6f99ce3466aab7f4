import { randomUUID } from 'node:crypto';
import { Refusal } from '@florist/core/errors/refusal';
import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import { uploadFolder } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { advanceUpload } from '@florist/storage/uploads/advanceUpload';
import type { UploadRef } from '@florist/storage/uploads/upload';

/** A piece becomes durable at this size, in bytes: what a crash of the service can cost of an upload. */
export const PIECE_BYTES = 8 * 1024 ** 2;

/** On a slow line a smaller one does, of this size in bytes, once it has taken this long in milliseconds. */
const SLOW_PIECE_BYTES = 1024 ** 2;
const SLOW_PIECE_MS = 10_000;

/** Digits of an offset in a piece's name, so that names sort as the bytes do. */
const OFFSET_DIGITS = 13;

export interface PieceTarget extends UploadRef {
  writer: string;
  /** Where the first piece begins. */
  offset: number;
  /** Nothing is acknowledged before `finish`. */
  atOnce: boolean;
}

/**
 * Writes the bytes of one request as blobs of their own, each durable before the ledger acknowledges it. A piece that
 * was not acknowledged is no part of the upload, whatever became of its writer.
 */
export class PieceWriter {
  readonly #ledger: Ledger;
  readonly #blobs: Blobs;
  readonly #target: PieceTarget;
  readonly #folder: string;
  #draft: BlobDraft | undefined;
  #draftedAt = 0;
  #acknowledged: number;
  #durable: number;
  #names: string[] = [];
  /** The ledger was asked to acknowledge them and has not answered: they may be part of the upload. */
  #asked = false;

  constructor({ ledger, blobs }: { ledger: Ledger; blobs: Blobs }, target: PieceTarget) {
    this.#ledger = ledger;
    this.#blobs = blobs;
    this.#target = target;
    this.#folder = uploadFolder(target.federation, target.upload);
    this.#acknowledged = target.offset;
    this.#durable = target.offset;
  }

  /** Bytes of the upload that are durable and acknowledged. */
  get offset(): number {
    return this.#acknowledged;
  }

  /** @throws Outage storage_full, and Refusal as advanceUpload */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.#draft === undefined) {
      this.#draft = await this.#blobs.begin(PIECE_BYTES);
      this.#draftedAt = performance.now();
    }
    await this.#draft.write(chunk);
    const { bytes } = this.#draft;
    const slow = bytes >= SLOW_PIECE_BYTES && performance.now() - this.#draftedAt >= SLOW_PIECE_MS;
    if (bytes < PIECE_BYTES && !slow) return;
    await this.#seal();
    if (!this.#target.atOnce) await this.#acknowledge();
  }

  /** Makes durable and acknowledges all that was written. */
  async finish(): Promise<void> {
    await this.#seal();
    await this.#acknowledge();
  }

  /** Throws away what is certainly not acknowledged; the rest goes with the upload. */
  async discard(): Promise<void> {
    const draft = this.#draft;
    this.#draft = undefined;
    await draft?.abort();
    if (this.#asked) return;
    const names = this.#names.splice(0);
    for (const name of names) await this.#blobs.remove(this.#folder + name);
  }

  async #seal(): Promise<void> {
    const draft = this.#draft;
    if (draft === undefined) return;
    this.#draft = undefined;
    const name = `${String(this.#durable).padStart(OFFSET_DIGITS, '0')}-${randomUUID()}`;
    const end = this.#durable + draft.bytes;
    await draft.commit(this.#folder + name);
    this.#names.push(name);
    this.#durable = end;
  }

  async #acknowledge(): Promise<void> {
    if (this.#names.length === 0) return;
    const { writer } = this.#target;
    const advance = { writer, from: this.#acknowledged, to: this.#durable, names: this.#names };
    this.#asked = true;
    await advanceUpload(this.#ledger, this.#target, advance).catch((error: unknown) => {
      if (error instanceof Refusal) this.#asked = false;
      throw error;
    });
    this.#asked = false;
    this.#acknowledged = this.#durable;
    this.#names = [];
  }
}
