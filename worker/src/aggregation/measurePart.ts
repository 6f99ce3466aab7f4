import { measureModule } from '@florist/core/florist/measureModule';
import type { ModuleMeasure } from '@florist/core/florist/moduleReport';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { partKey } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { openFiles } from './openFiles.js';
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
  const files = openFiles(blobs);
  try {
    const opened = readAhead(job.modules, (name) => openModule(files, buffers, clients, name));
    const wanted = await inTurn(async () => {
      for await (const { source, release } of opened) {
        if (!(await jobStillWanted(ledger, job))) return false;
        const lap = stopwatch();
        measures.push(await measureModule(kernel, source));
        computeSeconds += lap();
        release();
      }
      return true;
    });
    if (!wanted) return 'unwanted';
  } finally {
    await files.close();
  }
  const index: MeasureIndex = { measures, computeSeconds };
  await writeJson(blobs, key, index);
  log.info({ part: job.index, modules: measures.length, compute: computeSeconds }, 'part measured');
  return 'made';
}
