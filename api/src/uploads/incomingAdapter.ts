import { createHash } from 'node:crypto';
import { AdapterScanner } from '@florist/core/safetensors/adapterScanner';
import type { SafetensorsHeader } from '@florist/core/safetensors/safetensorsHeader';
import type { BlobDraft } from '@florist/storage/blobs/blobs';
import { ADAPTER_BYTES_MAX } from './limits.js';

/** An adapter on its way in: checked, hashed and written piece by piece, never held. */
export class IncomingAdapter {
  readonly #draft: BlobDraft;
  readonly #received: (bytes: number) => void;
  readonly #scanner = new AdapterScanner({ fileBytesMax: ADAPTER_BYTES_MAX });
  readonly #hash = createHash('sha256');

  /** @param received told of the size of every piece */
  constructor(draft: BlobDraft, received: (bytes: number) => void) {
    this.#draft = draft;
    this.#received = received;
  }

  /** The header, as soon as it is complete. */
  get header(): SafetensorsHeader | undefined {
    return this.#scanner.header;
  }

  /**
   * Resolves when the next piece may come, so a slow disk slows the sender down.
   * @throws Refusal of the safetensors and tensor codes, storage_full
   */
  async write(chunk: Uint8Array): Promise<void> {
    this.#received(chunk.byteLength);
    this.#scanner.push(chunk);
    this.#hash.update(chunk);
    await this.#draft.write(chunk);
  }

  /** @throws Refusal safetensors_malformed when the file stops short */
  finish(): { header: SafetensorsHeader; sha256: string; bytes: number } {
    const header = this.#scanner.finish();
    return { header, sha256: this.#hash.digest('hex'), bytes: this.#draft.bytes };
  }
}
