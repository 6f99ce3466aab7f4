import type { Refusal } from '../errors/refusal.js';
import type { Dtype } from '../kernel/kernel.js';
import { elementBytes } from './elementBytes.js';
import { findNonFinite } from './findNonFinite.js';
import { tensorRefusal } from './tensorRefusal.js';

/** A tensor to scan: its name, its dtype and its byte range, adjoining the one before. */
export interface ScannedTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly begin: number;
  readonly end: number;
}

/**
 * Looks for NaN and infinity in the data of a file as it streams by, in pieces of any size. Holds one element
 * at most, whatever the size of the file.
 */
export class FiniteScan {
  readonly #tensors: readonly ScannedTensor[];
  /** Index of the tensor that the next byte belongs to. */
  #current = 0;
  /** Offset in the file of the next byte. */
  #position: number;
  /** The first bytes of an element that a piece ended within. */
  readonly #split = new Uint8Array(4);
  #splitBytes = 0;

  /** @param tensors in the order of their bytes, without gaps */
  constructor(tensors: readonly ScannedTensor[]) {
    this.#tensors = tensors;
    this.#position = tensors[0]?.begin ?? 0;
  }

  /**
   * @param bytes the next bytes of the data, no more than the tensors hold
   * @throws {Refusal} tensor_not_finite, naming tensor and element
   */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const tensor = this.#tensors[this.#current];
      if (!tensor) throw new RangeError('more bytes than the tensors hold');
      const taken = Math.min(bytes.length - at, tensor.end - this.#position);
      this.#scan(tensor, bytes.subarray(at, at + taken));
      at += taken;
      if (this.#position === tensor.end) this.#current++;
    }
  }

  #scan(tensor: ScannedTensor, bytes: Uint8Array): void {
    const size = elementBytes(tensor.dtype);
    const rest = this.#completeSplit(tensor, bytes, size);
    const whole = rest.length - (rest.length % size);
    this.#check(tensor, rest.subarray(0, whole), this.#position);
    this.#split.set(rest.subarray(whole));
    this.#splitBytes += rest.length - whole;
    this.#position += rest.length;
  }

  /** Fills up the element that the piece before ended within; returns what follows it. */
  #completeSplit(tensor: ScannedTensor, bytes: Uint8Array, size: number): Uint8Array {
    if (this.#splitBytes === 0) return bytes;
    const taken = Math.min(size - this.#splitBytes, bytes.length);
    this.#split.set(bytes.subarray(0, taken), this.#splitBytes);
    this.#splitBytes += taken;
    this.#position += taken;
    if (this.#splitBytes < size) return bytes.subarray(taken);
    this.#splitBytes = 0;
    this.#check(tensor, this.#split.subarray(0, size), this.#position - size);
    return bytes.subarray(taken);
  }

  #check(tensor: ScannedTensor, elements: Uint8Array, begin: number): void {
    const bad = findNonFinite(elements, tensor.dtype);
    if (bad === -1) return;
    const index = (begin - tensor.begin) / elementBytes(tensor.dtype) + bad;
    throw notFinite(tensor, index);
  }
}

function notFinite(tensor: ScannedTensor, index: number): Refusal {
  return tensorRefusal('tensor_not_finite', tensor.name, `holds NaN or infinity at element ${index}`);
}
