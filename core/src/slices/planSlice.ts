import { factorNames } from '../peft/factorNames.js';
import { pairFactors } from '../peft/pairFactors.js';
import { readFactor } from '../peft/readFactor.js';
import { elementBytes } from '../safetensors/elementBytes.js';
import { encodeHeader } from '../safetensors/encodeHeader.js';
import type { SafetensorsHeader } from '../safetensors/safetensorsHeader.js';

/** What a slice takes of one tensor: the first `keptBytes` of each of its rows of `rowBytes`, which begin at `begin`. */
export interface SlicePiece {
  /** Byte of the whole adapter's file. */
  readonly begin: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly keptBytes: number;
}

/** A slice of an adapter's file: its own header, then its pieces in order. */
export interface SlicePlan {
  /** Names and ranks of its modules, as its config must give them. */
  readonly modules: readonly { readonly name: string; readonly rank: number }[];
  readonly header: Uint8Array;
  readonly pieces: readonly SlicePiece[];
  /** Size of the sliced file. */
  readonly bytes: number;
  /** Nothing is left out: the slice is the adapter itself. */
  readonly whole: boolean;
}

/**
 * Cuts an adapter of singular vectors to smaller ranks. With B_g = U S (m, p) and A_g = Vᵀ (p, n) sorted by σ, the
 * first q columns of B_g and rows of A_g are the best approximation of rank q (Eckart and Young), so nothing has to
 * be computed. The rows of A_g that stay are one stretch of the file; of B_g each row's beginning stays.
 *
 * @param header of the adapter's file, as Florist published it
 * @param rankOf the most rank that a module may keep, at least 1; undefined leaves the module out
 */
export function planSlice(
  header: SafetensorsHeader,
  rankOf: (module: string) => number | undefined,
): SlicePlan {
  const modules: { name: string; rank: number }[] = [];
  const tensors: { name: string; dtype: string; shape: [number, number] }[] = [];
  const pieces: SlicePiece[] = [];
  let whole = true;
  for (const pair of pairFactors(header.tensors)) {
    const most = rankOf(pair.module);
    const [a, b] = [readFactor(pair.a), readFactor(pair.b)];
    const rank = Math.min(a.rows, most ?? 0);
    whole &&= rank === a.rows;
    if (most === undefined) continue;
    const names = factorNames(pair.module);
    const element = elementBytes(a.dtype);
    modules.push({ name: pair.module, rank });
    tensors.push({ name: names.a, dtype: a.dtype, shape: [rank, a.cols] });
    tensors.push({ name: names.b, dtype: b.dtype, shape: [b.rows, rank] });
    pieces.push({
      begin: a.begin,
      rows: 1,
      rowBytes: a.end - a.begin,
      keptBytes: rank * a.cols * element,
    });
    pieces.push({
      begin: b.begin,
      rows: b.rows,
      rowBytes: b.cols * element,
      keptBytes: rank * element,
    });
  }
  const start = encodeHeader(tensors);
  const bytes = pieces.reduce((sum, { rows, keptBytes }) => sum + rows * keptBytes, start.byteLength);
  return { modules, header: start, pieces, bytes, whole };
}
