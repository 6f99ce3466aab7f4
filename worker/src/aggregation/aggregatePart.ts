import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { recordProgress } from '@florist/storage/adapters/recordProgress';
import type { BlobDraft, Blobs } from '@florist/storage/blobs/blobs';
import { partKey, partName, partsFolder } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { commitPart } from './commitPart.js';
import { explainOverflow } from './explainOverflow.js';
import { modulePlan } from './modulePlan.js';
import { openFiles } from './openFiles.js';
import { openModule } from './openModule.js';
import type { PartIndex, PartModule } from './partIndex.js';
import type { PartOutcome } from './partOutcome.js';
import { progressReports } from './progressReports.js';
import { readAhead } from './readAhead.js';
import { readWeighedClients } from './readWeighedClients.js';
import type { RoundClient } from './roundClient.js';
import { writeModule } from './writeModule.js';

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
  const clients = await readWeighedClients(context, job);
  const draft = await blobs.begin();
  const files = openFiles(blobs);
  try {
    const made = await makeModules(context, files, job, clients, draft);
    if (made === undefined) return 'unwanted';
    const name = partName(job.phase, job.index);
    await commitPart(blobs, partsFolder(job), name, draft, describe(context, clients, made));
    log.info(
      { part: job.index, phase: job.phase, modules: made.modules.length, ...made.seconds },
      'part made',
    );
    return 'made';
  } finally {
    await files.close();
    await draft.abort();
  }
}

interface Made {
  modules: PartModule[];
  seconds: { wait: number; compute: number; gram: number; solve: number; project: number };
}

/** Undefined as soon as nobody wants the adapter any more. */
async function makeModules(
  { ledger, buffers, kernel, inTurn }: AggregationContext,
  files: Pick<Blobs, 'readInto'>,
  job: PartJob,
  clients: readonly RoundClient[],
  draft: BlobDraft,
): Promise<Made | undefined> {
  const modules: PartModule[] = [];
  const seconds = { wait: 0, compute: 0, gram: 0, solve: 0, project: 0 };
  const progress = progressReports(ledger, job);
  const opened = readAhead(job.modules, (name) => openModule(files, buffers, clients, name));
  const wanted = await inTurn(async () => {
    const lap = stopwatch();
    for await (const { source, release } of opened) {
      seconds.wait += lap();
      const adapter = await aggregateModule(kernel, source, modulePlan(job, source.name)).catch(
        async (error: unknown) => {
          const names = clients.filter(({ modules }) => modules.has(source.name)).map(({ client }) => client);
          throw await explainOverflow(error, kernel, source, names);
        },
      );
      seconds.compute += lap();
      release();
      for (const step of ['gram', 'solve', 'project'] as const) seconds[step] += adapter.report.seconds[step];
      modules.push(await writeModule(draft, adapter, holders(clients, source.name)));
      if (!progress.note(source.name)) return false;
    }
    return true;
  });
  return wanted && (await progress.finish()) ? { modules, seconds } : undefined;
}

function holders(clients: readonly RoundClient[], module: string): number[] {
  return clients.flatMap(({ modules }, index) => (modules.has(module) ? [index] : []));
}

function describe(
  { kernel, engine }: AggregationContext,
  clients: readonly RoundClient[],
  made: Made,
): PartIndex {
  const taskType = clients.find((client) => client.taskType !== undefined)?.taskType;
  const [baseModel, ...others] = new Set(clients.map((client) => client.baseModel));
  return {
    provider: kernel.provider,
    engine,
    modules: made.modules,
    computeSeconds: made.seconds.compute,
    clients: clients.map(({ client, numExamples, staleness, weight }) => ({
      client,
      numExamples,
      ...(staleness === undefined ? {} : { staleness }),
      weight,
    })),
    ...(taskType === undefined ? {} : { taskType }),
    ...(baseModel !== undefined && others.length === 0 ? { baseModel } : {}),
  };
}
