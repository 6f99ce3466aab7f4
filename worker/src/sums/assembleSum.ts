import { writeConfig } from '@florist/core/peft/writeConfig';
import type { SumLineage } from '@florist/core/schemas/lineage';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, CONFIG_FILE, LINEAGE_FILE, sumFolder } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { PresentSum } from '@florist/storage/sums/presentSum';
import { writeJson } from '../aggregation/writeJson.js';
import { distinctEngines } from '../publication/distinctEngines.js';
import type { AdapterPart } from '../publication/readParts.js';
import { sortedModules } from '../publication/sortedModules.js';
import { writeAdapterFile } from '../publication/writeAdapterFile.js';
import type { TermSource } from './readSources.js';

/** Writes the files of a sum from its parts: tensors and config as PEFT loads them, and what made them. */
export async function assembleSum(
  { ledger, blobs }: { ledger: Ledger; blobs: Blobs },
  sum: PresentSum,
  sources: readonly TermSource[],
  parts: readonly AdapterPart[],
): Promise<{ sha256: string; bytes: number }> {
  const folder = sumFolder(sum);
  const modules = sortedModules(parts);
  const file = await writeAdapterFile(blobs, folder + ADAPTER_FILE, modules, sum.dtype);
  const config = configOf(
    sources,
    modules.map(({ report }) => report),
  );
  const configSha256 = await writeJson(blobs, folder + CONFIG_FILE, config);
  const lineage: SumLineage = {
    federation: sum.federation,
    sources: sum.sources.map(({ round, adapter, sha256 }) => ({ round, adapter, sha256 })),
    tau: sum.tau,
    dtype: sum.dtype,
    startedAt: sum.startedAt,
    madeAt: ledger.now().toISOString(),
    engines: distinctEngines(parts),
    result: { ...file, configSha256 },
  };
  await writeJson(blobs, folder + LINEAGE_FILE, lineage);
  return file;
}

/** The base model is named where all rounds name the same. */
function configOf(sources: readonly TermSource[], reports: readonly { name: string; rank: number }[]) {
  const [baseModel, ...others] = new Set(sources.map(({ file }) => file.baseModel));
  const taskType = sources.find(({ file }) => file.taskType !== undefined)?.file.taskType;
  return writeConfig(reports, {
    fanInFanOut: sources.some(({ file }) => file.fanInFanOut),
    ...(baseModel === undefined || others.length > 0 ? {} : { baseModel }),
    ...(taskType === undefined ? {} : { taskType }),
  });
}
