import { toFloat32 } from '../kernel/convert.js';
import type { RawMatrix } from '../kernel/kernel.js';

/**
 * Whether the A factors of clients, seen one after another, are the same value for value; one of smaller rank must
 * hold the first rows of the widest, which is what padding its B with zeros supposes. The Gram matrices could tell
 * this to 1e-8 only.
 */
export interface CommonFactor {
  /** Whether all so far are the same. */
  add(a: RawMatrix): boolean;
  /** The first of the largest rank. */
  widest(): RawMatrix | undefined;
}

export function commonFactor(): CommonFactor {
  let widest: RawMatrix | undefined;
  let same = true;
  return {
    add(a) {
      const wider = widest === undefined || a.rows > widest.rows;
      if (widest !== undefined) same &&= wider ? startsWith(a, widest) : startsWith(widest, a);
      if (wider) widest = a;
      return same;
    },
    widest: () => widest,
  };
}

function startsWith(whole: RawMatrix, part: RawMatrix): boolean {
  if (part.cols !== whole.cols || part.rows > whole.rows) return false;
  const [x, y] = whole.dtype === part.dtype ? [words(whole), words(part)] : [values(whole), values(part)];
  for (let i = 0; i < y.length; i++) if (x[i] !== y[i]) return false;
  return true;
}

/** Equal bit patterns of one dtype are equal values; only −0 beside 0 is told apart that should not be. */
function words({ dtype, bytes }: RawMatrix): Uint16Array | Float32Array {
  if (dtype === 'F32') return toFloat32(bytes, dtype);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

function values({ dtype, bytes }: RawMatrix): Float32Array {
  return toFloat32(bytes, dtype);
}
