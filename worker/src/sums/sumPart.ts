import { stopwatch } from '@florist/core/florist/stopwatch';
import { sumPartKey, sumPartsFolder } from '@florist/storage/blobs/keys';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import { presentSum } from '@florist/storage/sums/presentSum';
import type { AggregationContext } from '../aggregation/aggregationContext.js';
import { commitPart } from '../aggregation/commitPart.js';
import type { PartIndex, PartModule } from '../aggregation/partIndex.js';
import type { PartOutcome } from '../aggregation/partOutcome.js';
import { writeModule } from '../aggregation/writeModule.js';
import { readSources } from './readSources.js';
import { sumModule } from './sumModule.js';

/**
 * Makes the modules of one part of a sum and writes them as its `.bin` and `.json`. A part that is there already is
 * kept, and the same job gives the same bytes, so it may run twice or be ended at any point.
 *
 * @throws Refusal dtype_overflow
 */
export async function sumPart(context: AggregationContext, job: SumPartJob): Promise<PartOutcome> {
  const { ledger, blobs, kernel, engine, inTurn, log } = context;
  const indexKey = sumPartKey(job, job.index, 'json');
  if ((await blobs.stat(indexKey)) !== undefined) return 'present';
  const sources = await readSources(blobs, job.federation, job.sources);
  const plan = { method: 'florist', rank: { policy: 'energy', tau: job.tau }, dtype: job.dtype } as const;
  const modules: PartModule[] = [];
  const lap = stopwatch();
  const draft = await blobs.begin();
  try {
    for (const name of job.modules) {
      if ((await presentSum(ledger, job)) === undefined) return 'unwanted';
      const made = await inTurn(() => sumModule(kernel, blobs, sources, name, plan));
      const holders = sources.flatMap((source, index) => (source.modules.has(name) ? [index] : []));
      modules.push(await writeModule(draft, made, holders));
    }
    const computeSeconds = lap();
    const index: PartIndex = { provider: kernel.provider, engine, modules, computeSeconds, clients: [] };
    await commitPart(blobs, sumPartsFolder(job), String(job.index), draft, index);
    log.info(
      { sum: job.sum, part: job.index, modules: modules.length, compute: computeSeconds },
      'part summed',
    );
    return 'made';
  } finally {
    await draft.abort();
  }
}
