import type { AdapterFile } from '@florist/core/peft/adapterFile';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, adapterFolder } from '@florist/storage/blobs/keys';
import type { SumSource } from '@florist/storage/sums/refs';
import { inParallel } from '../aggregation/inParallel.js';
import { readAdapterFile } from '../aggregation/readAdapterFile.js';
import type { StackSource } from '../aggregation/roundClient.js';

/** Headers read at a time: enough to hide a disk's latency, few enough for any limit on open files. */
const READS_MAX = 16;

/** A published adapter as a term of a sum: it counts with weight 1, and its config gives it scale 1. */
export interface TermSource extends StackSource {
  file: AdapterFile;
}

/** What the adapters that a sum is made of declare, in their order; no tensor is read. */
export async function readSources(
  blobs: Blobs,
  federation: string,
  sources: readonly SumSource[],
): Promise<TermSource[]> {
  return inParallel(sources, READS_MAX, async ({ round, adapter, attempt }) => {
    const folder = adapterFolder({ federation, round, adapter, attempt });
    const file = await readAdapterFile(blobs, folder);
    const modules = new Map(file.modules.map((module) => [module.name, module]));
    return { weight: 1, blob: folder + ADAPTER_FILE, modules, file };
  });
}
