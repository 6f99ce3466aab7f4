import type { BlobsStatus } from '@florist/core/schemas/system';
import type { Services } from '../services.js';
import { probe } from './probe.js';

/** Whether blobs can be written and how much room they have; a store that does not answer is told as such. */
export async function describeBlobs({ blobs }: Pick<Services, 'blobs'>): Promise<BlobsStatus> {
  let space: Awaited<ReturnType<typeof blobs.space>>;
  const failures = await Promise.all([
    probe('blobs', () => blobs.check()),
    probe('blobs', async () => {
      space = await blobs.space();
    }),
  ]);
  const problem = failures.find((failure) => failure !== undefined)?.detail;
  return { writable: problem === undefined, ...(problem !== undefined && { problem }), ...space };
}
