/** Buffers kept for later: a part holds one module and reads one ahead, and the part that waits has read its first. */
const FREE_MAX = 4;
/** A buffer serves what needs at least this share of it, so that small modules do not hold large buffers. */
const USE_MIN = 0.5;

/** Memory for the factors of modules, used again for the next one: what is read would else be garbage at once. */
export interface BufferPool {
  /** A buffer of at least that many bytes, whatever they hold. */
  take(bytes: number): ArrayBuffer;
  /** Takes back a buffer that nobody reads any more. */
  give(buffer: ArrayBuffer): void;
}

export function bufferPool(): BufferPool {
  const free: ArrayBuffer[] = [];
  return {
    take(bytes) {
      const at = free.findIndex(({ byteLength }) => bytes <= byteLength && bytes >= USE_MIN * byteLength);
      const [kept] = at < 0 ? [] : free.splice(at, 1);
      return kept ?? new ArrayBuffer(bytes);
    },
    give(buffer) {
      free.unshift(buffer);
      free.length = Math.min(free.length, FREE_MAX);
    },
  };
}
