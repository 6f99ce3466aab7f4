import type { ModulePlan } from '@florist/core/florist/moduleReport';
import { toFloat64 } from '@florist/core/kernel/convert';
import { referenceKernel } from '@florist/core/kernel/referenceKernel';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import { ADAPTER_FILE } from '@florist/storage/blobs/keys';
import t from 'tap';
import { readAdapterFile } from '../../src/aggregation/readAdapterFile.js';
import { distance } from '../../src/check/distance.js';
import { sumModule } from '../../src/sums/sumModule.js';
import { randomUpload } from '../fixtures/uploads.js';

const [M, N] = [72, 60];
const EXACT: ModulePlan = { method: 'florist', rank: { policy: 'energy', tau: 1 }, dtype: 'F32' };
/** Of the norm of the sum. */
const ERROR_MAX = 1e-5;

t.test('a stack too high for the direct solver is added up in steps, and loses nothing by it', async (t) => {
  const blobs = await folderBlobs(t.testdir({}), { reserveBytes: 0 });
  const sources = [];
  const values = new Float64Array(M * N);
  for (let round = 0; round < 48; round++) {
    const folder = `r${round}/`;
    const upload = randomUpload(`c${round}`, ['q'], [M, N], 12 + (round % 5), 'F32');
    await blobs.write(`${folder}${ADAPTER_FILE}`, upload.adapter);
    await blobs.write(`${folder}adapter_config.json`, upload.config);
    const { modules } = await readAdapterFile(blobs, folder);
    sources.push({
      ...{ weight: 1, blob: `${folder}${ADAPTER_FILE}` },
      modules: new Map(modules.map((module) => [module.name, module])),
    });
    for (const { a, b, rank, scale } of modules) {
      const file = Buffer.from(upload.adapter);
      const ofA = toFloat64(Uint8Array.from(file.subarray(a.begin, a.end)), 'F32');
      const ofB = toFloat64(Uint8Array.from(file.subarray(b.begin, b.end)), 'F32');
      for (let i = 0; i < M; i++)
        for (let j = 0; j < N; j++)
          for (let k = 0; k < rank; k++)
            values[i * N + j] =
              (values[i * N + j] ?? 0) + scale * (ofB[i * rank + k] ?? 0) * (ofA[k * N + j] ?? 0);
    }
  }
  const { report, a, b } = await sumModule(referenceKernel, blobs, sources, 'q', EXACT);
  t.ok(report.rank <= Math.min(M, N));
  const error = distance(
    { shape: [M, N], values },
    { shape: [M, report.rank], values: toFloat64(b, 'F32') },
    { shape: [report.rank, N], values: toFloat64(a, 'F32') },
  );
  t.ok(error <= ERROR_MAX * Math.hypot(...values), `off by ${error}`);
});
