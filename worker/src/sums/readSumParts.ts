import type { Blobs } from '@florist/storage/blobs/blobs';
import { sumPartKey } from '@florist/storage/blobs/keys';
import type { SumRef } from '@florist/storage/sums/refs';
import type { PartIndex } from '../aggregation/partIndex.js';
import { readJson } from '../aggregation/readJson.js';
import type { AdapterPart } from '../publication/readParts.js';

/** The parts of a sum in order, or undefined when one of them is not there. */
export async function readSumParts(
  blobs: Blobs,
  ref: SumRef,
  count: number,
): Promise<AdapterPart[] | undefined> {
  const parts: AdapterPart[] = [];
  for (let index = 0; index < count; index++) {
    const part = await readJson<PartIndex>(blobs, sumPartKey(ref, index, 'json'));
    if (part === undefined) return undefined;
    parts.push({ ...part, key: sumPartKey(ref, index, 'bin') });
  }
  return parts;
}
