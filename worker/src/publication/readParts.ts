import type { Blobs } from '@florist/storage/blobs/blobs';
import { type Phase, partKey } from '@florist/storage/blobs/keys';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { inParallel } from '../aggregation/inParallel.js';
import type { PartIndex } from '../aggregation/partIndex.js';
import { readJson } from '../aggregation/readJson.js';

/** Indexes read at a time. */
const READS_MAX = 8;

/** A finished part: its index, and the key of its bytes. */
export interface AdapterPart extends PartIndex {
  key: string;
}

/** The parts of one phase in order, or undefined when one of them is not there. */
export async function readParts(
  blobs: Blobs,
  job: PublishJob,
  phase: Phase,
): Promise<AdapterPart[] | undefined> {
  const parts = await inParallel([...job.groups.keys()], READS_MAX, async (index) => {
    const part = await readJson<PartIndex>(blobs, partKey(job, phase, index, 'json'));
    return part && { ...part, key: partKey(job, phase, index, 'bin') };
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}
