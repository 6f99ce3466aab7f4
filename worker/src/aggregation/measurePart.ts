import { measureModule } from '@florist/core/florist/measureModule';
import type { ModuleMeasure } from '@florist/core/florist/moduleReport';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { partKey } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { openModule } from './openModule.js';
import type { MeasureIndex } from './partIndex.js';
import type { PartOutcome } from './partOutcome.js';
import { readAhead } from './readAhead.js';
import { readWeighedClients } from './readWeighedClients.js';

import { writeJson } from './writeJson.js';

/** Measures the spectra of one part's modules, from which a byte budget allots ranks over the whole adapter. */
export async function measurePart(context: AggregationContext, job: PartJob): Promise<PartOutcome> {
  const { ledger, blobs, buffers, kernel, inTurn, log } = context;
  const key = partKey(job, job.phase, job.index, 'json');
  if ((await blobs.stat(key)) !== undefined) return 'present';
  const clients = await readWeighedClients(context, job);
  const measures: ModuleMeasure[] = [];
  let computeSeconds = 0;
  const lap = stopwatch();
  const open = (name: string) => openModule(blobs, buffers, clients, name);
  for await (const { source, release } of readAhead(job.modules, open)) {
    if (!(await jobStillWanted(ledger, job))) return 'unwanted';
    const measure = await inTurn(() => {
      lap();
      return measureModule(kernel, source);
    });
    computeSeconds += lap();
    release();
    measures.push(measure);
  }
  const index: MeasureIndex = { measures, computeSeconds };
  await writeJson(blobs, key, index);
  log.info({ part: job.index, modules: measures.length, compute: computeSeconds }, 'part measured');
  return 'made';
}
