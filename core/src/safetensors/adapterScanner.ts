import { Refusal } from '../errors/refusal.js';
import { asDtype } from './asDtype.js';
import { FiniteScan } from './finiteScan.js';
import { readHeader } from './readHeader.js';
import { LENGTH_BYTES, readHeaderLength } from './readHeaderLength.js';
import type { SafetensorsHeader } from './safetensorsHeader.js';

/**
 * Validates a safetensors adapter while it streams in, in pieces of any size, and holds no more of it than the
 * header. What the header alone shows (malformed, a dtype that cannot be aggregated, a declared size above the
 * cap) is refused before the data arrives; NaN and infinity as soon as they pass; a wrong size at the first
 * byte too many, or at the end.
 */
export class AdapterScanner {
  readonly #fileBytesMax: number;
  /** First the length, then the whole of length and header. */
  #buffer = new Uint8Array(LENGTH_BYTES);
  #received = 0;
  #header: SafetensorsHeader | undefined;
  #data: FiniteScan | undefined;

  /** @param caps the largest file to accept, in bytes */
  constructor(caps: { fileBytesMax: number }) {
    this.#fileBytesMax = caps.fileBytesMax;
  }

  /** The header, as soon as it is complete. Whether the file has the declared size shows only at the end. */
  get header(): SafetensorsHeader | undefined {
    return this.#header;
  }

  /**
   * Takes the next bytes of the file; keeps no reference to them.
   * @throws {Refusal} safetensors_malformed, safetensors_too_large, tensor_dtype_unsupported, tensor_not_finite
   */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (!this.#data && at < chunk.length) {
      const taken = Math.min(chunk.length - at, this.#buffer.length - this.#received);
      this.#buffer.set(chunk.subarray(at, at + taken), this.#received);
      this.#received += taken;
      at += taken;
      if (this.#received === this.#buffer.length) this.#advance();
    }
    if (at < chunk.length) this.#pushData(chunk.subarray(at));
  }

  /**
   * Ends the file.
   * @throws {Refusal} safetensors_malformed if it stops short of what its header declares
   */
  finish(): SafetensorsHeader {
    const expected = this.#header?.fileBytes ?? this.#buffer.length;
    if (!this.#header || this.#received < expected) {
      const where = this.#header ? 'its data' : 'its header';
      throw new Refusal(
        'safetensors_malformed',
        `the file ends within ${where}: ${this.#received} of at least ${expected} bytes`,
      );
    }
    return this.#header;
  }

  /** The length is complete, or the header is. */
  #advance(): void {
    if (this.#received === LENGTH_BYTES) {
      const grown = new Uint8Array(LENGTH_BYTES + readHeaderLength(this.#buffer));
      grown.set(this.#buffer);
      this.#buffer = grown;
      if (grown.length > LENGTH_BYTES) return;
    }
    const header = readHeader(this.#buffer.subarray(LENGTH_BYTES));
    if (header.fileBytes > this.#fileBytesMax) {
      throw new Refusal(
        'safetensors_too_large',
        `the header declares ${header.fileBytes} bytes; at most ${this.#fileBytesMax} are allowed`,
      );
    }
    this.#data = new FiniteScan(header.tensors.map((tensor) => ({ ...tensor, dtype: asDtype(tensor) })));
    this.#header = header;
    this.#buffer = new Uint8Array(0);
  }

  #pushData(bytes: Uint8Array): void {
    const header = this.#header;
    if (!header || !this.#data) return;
    // what belongs to the tensors first: else the pieces would decide which of two faults is named
    const own = bytes.subarray(0, header.fileBytes - this.#received);
    this.#data.push(own);
    this.#received += own.length;
    if (own.length < bytes.length) {
      throw new Refusal(
        'safetensors_malformed',
        `the file goes on after byte ${header.fileBytes}, where its last tensor ends`,
      );
    }
  }
}
