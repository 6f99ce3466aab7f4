import { aggregateModule } from '@florist/core/florist/aggregateModule';
import type { ModuleAdapter } from '@florist/core/florist/moduleReport';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { recordProgress } from '@florist/storage/adapters/recordProgress';
import type { BlobDraft } from '@florist/storage/blobs/blobs';
import { partKey } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { modulePlan } from './modulePlan.js';
import type { PartIndex, PartModule } from './partIndex.js';
import type { PartOutcome } from './partOutcome.js';
import { readAhead } from './readAhead.js';
import { readModuleInput } from './readModuleInput.js';
import type { RoundClient } from './roundClient.js';

import { writeJson } from './writeJson.js';

/**
 * Makes the modules of one part of an adapter and writes them as its `.bin` and `.json`. A part that is there
 * already is kept, and the same job gives the same bytes, so it may run twice or be ended at any point.
 *
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function aggregatePart(context: AggregationContext, job: PartJob): Promise<PartOutcome> {
  const { ledger, blobs, log } = context;
  const indexKey = partKey(job, job.phase, job.index, 'json');
  if ((await blobs.stat(indexKey)) !== undefined) {
    const recorded = await recordProgress(ledger, job, job.modules);
    return recorded === 'stale' ? 'unwanted' : 'present';
  }
  const clients = await context.rounds.read(job.federation, job.round);
  const draft = await blobs.begin();
  try {
    const made = await makeModules(context, job, clients, draft);
    if (made === undefined) return 'unwanted';
    await draft.commit(partKey(job, job.phase, job.index, 'bin'));
    await writeJson(blobs, indexKey, describe(context, clients, made));
    log.info(
      { part: job.index, phase: job.phase, modules: made.modules.length, ...made.seconds },
      'part made',
    );
    return 'made';
  } finally {
    await draft.abort();
  }
}

interface Made {
  modules: PartModule[];
  seconds: { wait: number; compute: number; gram: number; solve: number; project: number };
}

/** Undefined as soon as nobody wants the adapter any more. */
async function makeModules(
  { ledger, blobs, kernel }: AggregationContext,
  job: PartJob,
  clients: readonly RoundClient[],
  draft: BlobDraft,
): Promise<Made | undefined> {
  const modules: PartModule[] = [];
  const seconds = { wait: 0, compute: 0, gram: 0, solve: 0, project: 0 };
  const lap = stopwatch();
  for await (const input of readAhead(job.modules, (name) => readModuleInput(blobs, clients, name))) {
    seconds.wait += lap();
    const adapter = await aggregateModule(kernel, input, modulePlan(job, input.name));
    seconds.compute += lap();
    for (const step of ['gram', 'solve', 'project'] as const) seconds[step] += adapter.report.seconds[step];
    modules.push(await writeModule(draft, adapter, holders(clients, input.name)));
    if ((await recordProgress(ledger, job, [input.name])) === 'stale') return undefined;
  }
  return { modules, seconds };
}

async function writeModule(
  draft: BlobDraft,
  { report, a, b }: ModuleAdapter,
  clients: readonly number[],
): Promise<PartModule> {
  const begin = draft.bytes;
  const middle = begin + a.byteLength;
  await draft.write(a);
  await draft.write(b);
  return { report, clients, a: { begin, end: middle }, b: { begin: middle, end: middle + b.byteLength } };
}

function holders(clients: readonly RoundClient[], module: string): number[] {
  return clients.flatMap(({ modules }, index) => (modules.has(module) ? [index] : []));
}

function describe({ kernel }: AggregationContext, clients: readonly RoundClient[], made: Made): PartIndex {
  const taskType = clients.find((client) => client.taskType !== undefined)?.taskType;
  const [baseModel, ...others] = new Set(clients.map((client) => client.baseModel));
  return {
    provider: kernel.provider,
    modules: made.modules,
    computeSeconds: made.seconds.compute,
    clients: clients.map(({ client, numExamples, weight }) => ({ client, numExamples, weight })),
    ...(taskType === undefined ? {} : { taskType }),
    ...(baseModel !== undefined && others.length === 0 ? { baseModel } : {}),
  };
}
