import { createHash } from 'node:crypto';
import type { ClientShare } from '@florist/core/results/adapterReport';
import type { Lineage } from '@florist/core/schemas/lineage';
import type { Weights } from '@florist/core/schemas/weighting';
import { attemptHistory } from '@florist/storage/adapters/attemptHistory';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { CONFIG_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import type { PublishJob } from '@florist/storage/queue/payloads';
import type { SubmissionRecord } from '@florist/storage/submissions/submissionRecord';
import { submissionRecords } from '@florist/storage/submissions/submissionRecords';
import { inParallel } from '../aggregation/inParallel.js';
import { distinctEngines } from './distinctEngines.js';
import type { PublishContext } from './publishAttempt.js';
import type { AdapterPart } from './readParts.js';

/** Configs read at a time. */
const READS_MAX = 16;

/**
 * What an adapter is made of, so that its bytes can be made again from the submissions alone; kept with it, since the
 * submissions may be deleted before it.
 *
 * @returns undefined where it was cancelled or deleted meanwhile
 */
export async function describeLineage(
  { ledger, blobs }: PublishContext,
  job: PublishJob,
  parts: readonly AdapterPart[],
  shares: readonly ClientShare[],
  weights: Weights,
): Promise<Omit<Lineage, 'madeAt' | 'result'> | undefined> {
  const { federation, round, adapter, aggregation, startedAt } = job;
  const history = await attemptHistory(ledger, job);
  if (history === undefined) return undefined;
  const records = await submissionRecords(ledger, federation, round);
  const byClient = new Map(records.map((record) => [record.receipt.client, record]));
  const touched = touchedOf(weights, byClient);
  return {
    ...{ federation, round, adapter, ...history, startedAt },
    aggregation,
    engines: distinctEngines(parts),
    clients: await clientsOf(blobs, shares, byClient),
    ...(touched.length > 0 && { touched }),
  };
}

/** What each of those that count has sent, in the order in which their factors are stacked. */
async function clientsOf(
  blobs: Blobs,
  shares: readonly ClientShare[],
  byClient: ReadonlyMap<string, SubmissionRecord>,
): Promise<Lineage['clients']> {
  return inParallel(shares, READS_MAX, async ({ client, numExamples, weight }) => {
    const record = byClient.get(client);
    if (record === undefined) throw new Error(`the submission of ${client} is gone`);
    const config = await readBlob(blobs, record.blob + CONFIG_FILE);
    const { sha256, bytes, acceptedAt } = record.receipt;
    const configSha256 = createHash('sha256').update(config).digest('hex');
    return { client, sha256, bytes, configSha256, numExamples, weight, acceptedAt };
  });
}

/** Whom the weighting clipped or dropped. */
function touchedOf(
  { clients }: Weights,
  byClient: ReadonlyMap<string, SubmissionRecord>,
): NonNullable<Lineage['touched']> {
  return clients.flatMap(({ client, verdict, factor, reason = '' }) => {
    const sha256 = byClient.get(client)?.receipt.sha256;
    return verdict === 'kept' || sha256 === undefined ? [] : [{ client, sha256, verdict, factor, reason }];
  });
}
