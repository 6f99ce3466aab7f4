import { effectiveExamples } from '@florist/core/rounds/effectiveExamples';
import type { Receipt } from '@florist/core/schemas/submission';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE } from '@florist/storage/blobs/keys';
import { inParallel } from './inParallel.js';
import { ofClient } from './ofClient.js';
import { readAdapterFile } from './readAdapterFile.js';
import type { RoundClient } from './roundClient.js';

/** Headers read at a time: enough to hide a disk's latency, few enough for any limit on open files. */
const READS_MAX = 16;

/** What aggregation needs of a submission's record. */
export interface SubmissionPlace {
  receipt: Pick<Receipt, 'client' | 'numExamples' | 'carried'>;
  /** Folder key of its blobs. */
  blob: string;
}

/**
 * What every submission of a round declares, with its weight w_k = n_k / Σ n_j, in the order of `records`; n_k are
 * its examples, fewer where it was late for an earlier round.
 */
export async function readRoundClients(
  blobs: Blobs,
  records: readonly SubmissionPlace[],
): Promise<RoundClient[]> {
  const examples = records.reduce((sum, { receipt }) => sum + effectiveExamples(receipt), 0);
  return inParallel(records, READS_MAX, async ({ receipt, blob }) => {
    const file = await ofClient(receipt.client, () => readAdapterFile(blobs, blob));
    return {
      client: receipt.client,
      numExamples: receipt.numExamples,
      ...(receipt.carried === undefined ? {} : { staleness: receipt.carried.weight }),
      weight: effectiveExamples(receipt) / examples,
      blob: blob + ADAPTER_FILE,
      modules: new Map(file.modules.map((module) => [module.name, module])),
      ...(file.taskType === undefined ? {} : { taskType: file.taskType }),
      ...(file.baseModel === undefined ? {} : { baseModel: file.baseModel }),
    };
  });
}
