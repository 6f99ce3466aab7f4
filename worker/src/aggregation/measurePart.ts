import { measureModule } from '@florist/core/florist/measureModule';
import type { ModuleMeasure } from '@florist/core/florist/moduleReport';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { partKey } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import type { MeasureIndex } from './partIndex.js';
import type { PartOutcome } from './partOutcome.js';
import { readAhead } from './readAhead.js';
import { readModuleInput } from './readModuleInput.js';

import { writeJson } from './writeJson.js';

/** Measures the spectra of one part's modules, from which a byte budget allots ranks over the whole adapter. */
export async function measurePart(
  { ledger, blobs, kernel, rounds, log }: AggregationContext,
  job: PartJob,
): Promise<PartOutcome> {
  const key = partKey(job, job.phase, job.index, 'json');
  if ((await blobs.stat(key)) !== undefined) return 'present';
  const clients = await rounds.read(job.federation, job.round);
  const measures: ModuleMeasure[] = [];
  let computeSeconds = 0;
  const lap = stopwatch();
  for await (const input of readAhead(job.modules, (name) => readModuleInput(blobs, clients, name))) {
    if (!(await jobStillWanted(ledger, job))) return 'unwanted';
    lap();
    measures.push(await measureModule(kernel, input));
    computeSeconds += lap();
  }
  const index: MeasureIndex = { measures, computeSeconds };
  await writeJson(blobs, key, index);
  log.info({ part: job.index, modules: measures.length, compute: computeSeconds }, 'part measured');
  return 'made';
}
