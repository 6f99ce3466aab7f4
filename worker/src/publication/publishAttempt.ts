import { publishAdapter } from '@florist/storage/adapters/publishAdapter';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { partKey } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { PublishJob } from '@florist/storage/queue/payloads';
import type { MeasureIndex } from '../aggregation/partIndex.js';
import { readJson } from '../aggregation/readJson.js';
import { allotRanks } from './allotRanks.js';
import { assembleAdapter } from './assembleAdapter.js';
import { readParts } from './readParts.js';

export interface PublishContext {
  ledger: Ledger;
  blobs: Blobs;
}

/** What must happen next: nothing, or a second phase that makes each module at its rank. */
export type PublishOutcome =
  | { outcome: 'published' | 'stale' }
  | { outcome: 'allotted'; ranks: Record<string, number> };

/**
 * Publishes an adapter whose parts are all there. Under a byte budget the first call finds measurements in
 * their place and answers with the ranks that the budget allots.
 *
 * @throws Refusal budget_too_small
 */
export async function publishAttempt(
  { ledger, blobs }: PublishContext,
  job: PublishJob,
): Promise<PublishOutcome> {
  const measured = job.phase === 'measure' ? await readMeasures(blobs, job) : [];
  const parts = await readParts(blobs, job, job.phase === 'measure' ? 'project' : 'aggregate');
  if (parts === undefined) {
    if (job.phase === 'measure') return { outcome: 'allotted', ranks: allotRanks(job.aggregation, measured) };
    throw new Error('a part of the adapter is missing');
  }
  const measureSeconds = measured.reduce((sum, part) => sum + part.computeSeconds, 0);
  const assembly = await assembleAdapter(blobs, job, parts, measureSeconds);
  const seconds = Math.max(0, ledger.now().getTime() - Date.parse(job.startedAt)) / 1000;
  return { outcome: await publishAdapter(ledger, job, { ...assembly, seconds }) };
}

async function readMeasures(blobs: Blobs, job: PublishJob): Promise<MeasureIndex[]> {
  const measured: MeasureIndex[] = [];
  for (const index of job.groups.keys()) {
    const part = await readJson<MeasureIndex>(blobs, partKey(job, 'measure', index, 'json'));
    if (part === undefined) throw new Error(`the measurements of part ${index} are missing`);
    measured.push(part);
  }
  return measured;
}
