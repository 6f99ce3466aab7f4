import type { Weights } from '@florist/core/schemas/weighting';
import { type ClientProducts, clientProducts, productsLength } from '@florist/core/weighting/clientProducts';
import { weighClients } from '@florist/core/weighting/weighClients';
import { recordWeights } from '@florist/storage/adapters/recordWeights';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { adapterFolder, partKey, WEIGHTS_FILE } from '@florist/storage/blobs/keys';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { submissionRecords } from '@florist/storage/submissions/submissionRecords';
import type { WeighIndex } from '../aggregation/partIndex.js';
import { readJson } from '../aggregation/readJson.js';
import { writeJson } from '../aggregation/writeJson.js';
import { describeVerdicts } from './describeVerdicts.js';
import type { PublishContext } from './publishAttempt.js';

/**
 * Chooses the clients' weights once all their inner products are known, writes them and says what became of whom.
 * Weights that are there already stay.
 *
 * @returns seconds that the products took
 * @throws Refusal clients_too_few, clients_all_dropped
 */
export async function settleWeights({ ledger, blobs }: PublishContext, job: PublishJob): Promise<number> {
  const indexes = await readIndexes(blobs, job);
  const key = adapterFolder(job) + WEIGHTS_FILE;
  const weights = (await readJson<Weights>(blobs, key)) ?? (await weigh());
  const { verdicts, detail } = describeVerdicts(weights);
  await recordWeights(ledger, job, verdicts, detail);
  return indexes.reduce((sum, { computeSeconds }) => sum + computeSeconds, 0);

  async function weigh(): Promise<Weights> {
    const { weighting } = job.aggregation;
    if (weighting === undefined) throw new Error('the adapter has no weighting');
    const records = await submissionRecords(ledger, job.federation, job.round);
    const products = await sumProducts(blobs, job, indexes);
    const made = weighClients(
      weighting,
      records.map(({ receipt: { client, numExamples, carried } }) => ({
        client,
        numExamples,
        ...(carried === undefined ? {} : { staleness: carried.weight }),
      })),
      products,
    );
    await writeJson(blobs, key, made);
    return made;
  }
}

async function readIndexes(blobs: Blobs, job: PublishJob): Promise<WeighIndex[]> {
  const indexes: WeighIndex[] = [];
  for (const part of job.groups.keys()) {
    const index = await readJson<WeighIndex>(blobs, partKey(job, 'weigh', part, 'json'));
    if (index === undefined) throw new Error(`the inner products of part ${part} are missing`);
    indexes.push(index);
  }
  return indexes;
}

/** Inner products add up over modules. One part is in memory at a time. */
async function sumProducts(
  blobs: Blobs,
  job: PublishJob,
  indexes: readonly WeighIndex[],
): Promise<ClientProducts> {
  const [first] = indexes;
  if (first === undefined) throw new Error('an adapter has at least one part');
  const sums = clientProducts(first.kind, first.clients);
  const bytes = productsLength(first.kind, first.clients) * Float64Array.BYTES_PER_ELEMENT;
  const part = new Float64Array(sums.values.length);
  for (const index of indexes.keys()) {
    await blobs.readInto(partKey(job, 'weigh', index, 'bin'), new Uint8Array(part.buffer, 0, bytes), 0);
    for (let i = 0; i < part.length; i++) sums.values[i] = (sums.values[i] ?? 0) + (part[i] ?? 0);
  }
  return sums;
}
