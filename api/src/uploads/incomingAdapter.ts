import { createHash } from 'node:crypto';
import { AdapterScanner } from '@florist/core/safetensors/adapterScanner';
import type { SafetensorsHeader } from '@florist/core/safetensors/safetensorsHeader';
import type { BlobDraft } from '@florist/storage/blobs/blobs';
import { ADAPTER_BYTES_MAX } from './limits.js';

/**
 * What is gathered before it is looked at and written, in bytes: a line brings 64 KiB at most at a time, and each
 * write wakes a thread.
 */
const BLOCK_BYTES = 512 * 1024;

/** An adapter on its way in: checked, hashed and written block by block, never held. */
export class IncomingAdapter {
  readonly #draft: BlobDraft;
  readonly #received: (bytes: number) => void;
  readonly #scanner = new AdapterScanner({ fileBytesMax: ADAPTER_BYTES_MAX });
  readonly #hash = createHash('sha256');
  /** One fills while the other is written. */
  #block: Buffer | undefined;
  #spare: Buffer | undefined;
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param received told of the size of every piece */
  constructor(draft: BlobDraft, received: (bytes: number) => void) {
    this.#draft = draft;
    this.#received = received;
  }

  /** The header, once the block that completes it was looked at. */
  get header(): SafetensorsHeader | undefined {
    return this.#scanner.header;
  }

  /**
   * Resolves when the next piece may come, so a slow disk slows the sender down.
   * @throws Refusal of the safetensors and tensor codes, Outage storage_full
   */
  async write(chunk: Uint8Array): Promise<void> {
    this.#received(chunk.byteLength);
    for (let at = 0; at < chunk.byteLength; ) {
      this.#block ??= Buffer.allocUnsafeSlow(BLOCK_BYTES);
      const taken = Math.min(chunk.byteLength - at, BLOCK_BYTES - this.#filled);
      this.#block.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === BLOCK_BYTES) await this.#passOn();
    }
  }

  /** @throws Refusal as write, and safetensors_malformed when the file stops short */
  async finish(): Promise<{ header: SafetensorsHeader; sha256: string; bytes: number }> {
    await this.#passOn();
    await this.#writing;
    const header = this.#scanner.finish();
    return { header, sha256: this.#hash.digest('hex'), bytes: this.#draft.bytes };
  }

  /** Begins to write what has been gathered, once the block before is written. */
  async #passOn(): Promise<void> {
    const block = this.#block;
    if (block === undefined) return;
    const bytes = block.subarray(0, this.#filled);
    this.#scanner.push(bytes);
    this.#hash.update(bytes);
    await this.#writing;
    this.#writing = this.#draft.write(bytes);
    this.#writing.catch(() => {}); // whoever waits for it next is told
    this.#block = this.#spare;
    this.#spare = block;
    this.#filled = 0;
  }
}
