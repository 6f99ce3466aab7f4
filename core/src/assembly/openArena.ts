import { BINARY } from '#assembly';

/** The functions of assembly/, whose comments say what they do; a number that stands for memory is a byte offset. */
interface Functions {
  tridiagonalise(
    work: number,
    n: number,
    diagonal: number,
    offDiagonal: number,
    taus: number,
    scratch: number,
  ): void;
  applyReflectors(reflectors: number, taus: number, n: number, vectors: number, count: number): void;
  factorColumns(
    gram: number,
    rows: number,
    order: number,
    residual: number,
    n: number,
    from: number,
    to: number,
    threshold: number,
  ): number;
  largest(x: number, length: number): number;
  scale(x: number, factor: number, length: number): void;
}

interface Instance {
  readonly exports: Functions & {
    readonly base: { readonly value: number };
    readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  };
}

// The language library of this package has no WebAssembly, yet every runtime it meets has it.
declare const WebAssembly: {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => Instance;
};
declare const atob: (base64: string) => string;

const PAGE = 2 ** 16;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** Larger memories are left to the garbage collector: none ever shrinks, and few modules need them. */
const KEPT_BYTES_MAX = 16 * 2 ** 20;

const module = new WebAssembly.Module(Uint8Array.from(atob(BINARY), (letter) => letter.charCodeAt(0)));
/** Memories that nobody uses: as many as were ever in use at once. */
const idle: Instance[] = [];

/**
 * Memory that the functions of assembly/ work in, for one computation. What it hands out holds what was there before,
 * and belongs to the arena: copy what is to outlive it.
 */
export interface Arena extends Functions {
  /** Room for so many numbers; its `byteOffset` is what the functions take. */
  floats(length: number): Float64Array;
  /** The same numbers, in room of their own. */
  place(values: Float64Array): Float64Array;
  indices(length: number): Uint32Array;
  /** Hands the memory back; the arena and what it handed out must not be used afterwards. */
  release(): void;
}

/** @param length float64 numbers that it has room for; two indices take that of one */
export function openArena(length: number): Arena {
  const instance = idle.pop() ?? new WebAssembly.Instance(module, {});
  const { base, memory, ...functions } = instance.exports;
  const bytes = base.value + length * DOUBLE;
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  let free = base.value;
  const take = (size: number) => {
    const begin = free;
    free += Math.ceil(size / DOUBLE) * DOUBLE;
    if (free > bytes) throw new Error(`an arena of ${length} numbers has no room for ${size} bytes more`);
    return begin;
  };
  const floats = (count: number) => new Float64Array(memory.buffer, take(count * DOUBLE), count);
  return {
    ...functions,
    floats,
    place(values) {
      const placed = floats(values.length);
      placed.set(values);
      return placed;
    },
    indices: (count) => new Uint32Array(memory.buffer, take(count * Uint32Array.BYTES_PER_ELEMENT), count),
    release() {
      if (memory.buffer.byteLength <= KEPT_BYTES_MAX) idle.push(instance);
    },
  };
}
