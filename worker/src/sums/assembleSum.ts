import { createHash } from 'node:crypto';
import { writeConfig } from '@florist/core/peft/writeConfig';
import type { SumLineage } from '@florist/core/schemas/lineage';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, CONFIG_FILE, LINEAGE_FILE, sumFolder } from '@florist/storage/blobs/keys';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { PresentSum } from '@florist/storage/sums/presentSum';
import { encodeJson } from '../aggregation/encodeJson.js';
import { distinctEngines } from '../publication/distinctEngines.js';
import type { AdapterPart } from '../publication/readParts.js';
import { sortedModules } from '../publication/sortedModules.js';
import { tensorBytes, writeAdapterFile } from '../publication/writeAdapterFile.js';
import type { TermSource } from './readSources.js';

/** Writes the files of a sum from its parts: tensors and config as PEFT loads them, and what made them. */
export async function assembleSum(
  { ledger, blobs }: { ledger: Ledger; blobs: Blobs },
  sum: PresentSum,
  sources: readonly TermSource[],
  parts: readonly AdapterPart[],
): Promise<{ sha256: string; bytes: number }> {
  const modules = sortedModules(parts);
  const reports = modules.map(({ report }) => report);
  const config = encodeJson(configOf(sources, reports));
  const draft = await blobs.begin(tensorBytes(modules));
  try {
    const file = await writeAdapterFile(blobs, draft, modules, sum.dtype);
    const lineage: SumLineage = {
      federation: sum.federation,
      sources: sum.sources.map(({ round, adapter, sha256 }) => ({ round, adapter, sha256 })),
      tau: sum.tau,
      dtype: sum.dtype,
      startedAt: sum.startedAt,
      madeAt: ledger.now().toISOString(),
      engines: distinctEngines(parts),
      result: { ...file, configSha256: createHash('sha256').update(config).digest('hex') },
    };
    await blobs.commitAll(sumFolder(sum), {
      [ADAPTER_FILE]: draft,
      [CONFIG_FILE]: config,
      [LINEAGE_FILE]: encodeJson(lineage),
    });
    return file;
  } finally {
    await draft.abort();
  }
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
