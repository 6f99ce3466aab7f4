import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleSource } from '@florist/core/florist/moduleReport';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import { bufferPool } from '../aggregation/bufferPool.js';
import { openModule } from '../aggregation/openModule.js';
import { readRoundClients } from '../aggregation/readRoundClients.js';
import { readTensors, type Tensor } from './readTensors.js';

/** The cases lie with the tests of core, which every clone of the repository has. */
const GOLDEN = new URL('../../../core/test/golden/', import.meta.url);
const CASES = ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'];

/** One module of a golden case: what the clients sent and the exact answers. */
export interface GoldenModule {
  name: string;
  source: ModuleSource;
  delta: Tensor;
  energy: number;
  singularValues: readonly number[];
  rankAt: Readonly<Record<string, number>>;
}

type Answers = Pick<GoldenModule, 'energy' | 'singularValues' | 'rankAt'>;

/** Every module of every golden case, read as a round's submissions are. */
export async function readGolden(): Promise<GoldenModule[]> {
  const modules: GoldenModule[] = [];
  for (const name of CASES) modules.push(...(await readCase(name)));
  return modules;
}

async function readCase(name: string): Promise<GoldenModule[]> {
  const folder = new URL(`${name}/`, GOLDEN);
  const expected: { numExamples: number[]; modules: Record<string, Answers> } = JSON.parse(
    await readFile(new URL('expected.json', folder), 'utf8'),
  );
  const deltas = readTensors(await readFile(new URL('delta_w.safetensors', folder)));
  // blobs write into their folder, which must not be the repository's
  const copy = await mkdtemp(join(tmpdir(), 'florist-golden-'));
  try {
    await cp(folder, copy, { recursive: true });
    const blobs = await folderBlobs(copy);
    const places = expected.numExamples.map((numExamples, k) => ({
      receipt: { client: `client-${k}`, numExamples },
      blob: `client-${k}/`,
    }));
    const clients = await readRoundClients(blobs, places);
    return await Promise.all(
      Object.entries(expected.modules).map(async ([module, answers]) => {
        const delta = deltas.get(module);
        if (delta === undefined) throw new Error(`the golden case ${name} lacks ΔW of ${module}`);
        return {
          ...answers,
          delta,
          name: `${name} ${module}`,
          source: (await openModule(blobs, bufferPool(), clients, module)).source,
        };
      }),
    );
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
