import { publishAdapter } from '@florist/storage/adapters/publishAdapter';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { type Phase, partKey } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { phasesOf } from '@florist/storage/queue/phasesOf';
import { saveRecords } from '@florist/storage/records/saveRecords';
import type { MeasureIndex } from '../aggregation/partIndex.js';
import { readJson } from '../aggregation/readJson.js';
import { allotRanks } from './allotRanks.js';
import { assembleAdapter } from './assembleAdapter.js';
import { readParts } from './readParts.js';
import { settleWeights } from './settleWeights.js';

export interface PublishContext {
  ledger: Ledger;
  blobs: Blobs;
}

/** What must happen next: nothing, or another phase; 'project' makes each module at its rank. */
export type PublishOutcome =
  | { outcome: 'published' | 'stale' }
  | { outcome: 'continues'; phase: Phase; ranks?: Record<string, number> };

/**
 * Publishes an adapter whose parts are all there, or says which phase comes next. It finds out from the blobs how far
 * the attempt has come, so it may be called any number of times.
 *
 * @throws Refusal budget_too_small, clients_too_few, clients_all_dropped
 */
export async function publishAttempt(context: PublishContext, job: PublishJob): Promise<PublishOutcome> {
  const { ledger, blobs } = context;
  const phases = phasesOf(job.aggregation);
  let earlierSeconds = phases.includes('weigh') ? await settleWeights(context, job) : 0;
  let ranks: Record<string, number> | undefined;
  if (phases.includes('measure')) {
    const measured = await readMeasures(blobs, job);
    if (measured === undefined) return next(job, 'measure');
    ranks = allotRanks(job.aggregation, measured);
    earlierSeconds += measured.reduce((sum, part) => sum + part.computeSeconds, 0);
  }
  const last = ranks === undefined ? 'aggregate' : 'project';
  const parts = await readParts(blobs, job, last);
  if (parts === undefined) return next(job, last, ranks);
  const assembly = await assembleAdapter(context, job, parts, earlierSeconds);
  const seconds = Math.max(0, ledger.now().getTime() - Date.parse(job.startedAt)) / 1000;
  const outcome = await publishAdapter(ledger, job, { ...assembly, seconds });
  await saveRecords(ledger, blobs, job.federation, ['federation', `round/${job.round}`]);
  return { outcome };
}

/** The first phase is over before anything is published, so its parts must be there. */
function next(job: PublishJob, phase: Phase, ranks?: Record<string, number>): PublishOutcome {
  if (job.phase === phase) throw new Error('a part of the adapter is missing');
  return { outcome: 'continues', phase, ...(ranks !== undefined && { ranks }) };
}

/** Undefined when one is not there. */
async function readMeasures(blobs: Blobs, job: PublishJob): Promise<MeasureIndex[] | undefined> {
  const measured: MeasureIndex[] = [];
  for (const index of job.groups.keys()) {
    const part = await readJson<MeasureIndex>(blobs, partKey(job, 'measure', index, 'json'));
    if (part === undefined) return undefined;
    measured.push(part);
  }
  return measured;
}
