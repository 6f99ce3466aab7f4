import type { ModuleClient } from '../florist/moduleReport.js';
import { toFloat32 } from '../kernel/convert.js';
import type { RawMatrix } from '../kernel/kernel.js';

/**
 * Whether all clients hold the same A, value for value; one of smaller rank must hold its first rows, which is what
 * padding its B with zeros supposes. The Gram matrices could tell this to 1e-8 only. Stops at the first difference.
 */
export function sharesFactorA(clients: readonly ModuleClient[]): boolean {
  const widest = clients.reduce((best, client) => (client.rank > best.rank ? client : best));
  return clients.every((client) => client === widest || startsWith(widest.a, client.a));
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
