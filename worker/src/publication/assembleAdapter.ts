import { createHash } from 'node:crypto';
import { writeConfig } from '@florist/core/peft/writeConfig';
import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { AdapterResult } from '@florist/core/schemas/adapter';
import { WEIGHTING_DEFAULT, type Weights } from '@florist/core/schemas/weighting';
import { type WeighedClient, weighClients } from '@florist/core/weighting/weighClients';
import type { Blobs } from '@florist/storage/blobs/blobs';
import {
  ADAPTER_FILE,
  adapterFolder,
  CONFIG_FILE,
  LINEAGE_FILE,
  RESULT_FILE,
  SPECTRUM_FILE,
  WEIGHTS_FILE,
} from '@florist/storage/blobs/keys';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { encodeJson } from '../aggregation/encodeJson.js';
import { readJson } from '../aggregation/readJson.js';
import { describeLineage } from './describeLineage.js';
import type { PublishContext } from './publishAttempt.js';
import type { AdapterPart } from './readParts.js';
import { sortedModules } from './sortedModules.js';
import { spectrumOf } from './spectrumOf.js';
import { summarise } from './summarise.js';
import { tensorBytes, writeAdapterFile } from './writeAdapterFile.js';

/** What publishing an adapter reports of it, apart from how long everything took. */
export type Assembly = Omit<AdapterResult, 'seconds'>;

/**
 * Writes the files of an adapter from its parts: the tensors, sorted by module, as PEFT loads them; its config;
 * its spectrum; its reports; its lineage. Memory does not grow with the adapter, and the same parts give the same bytes.
 *
 * @param earlierSeconds what the passes before, over spectra and inner products, took
 */
export async function assembleAdapter(
  context: PublishContext,
  job: PublishJob,
  parts: readonly AdapterPart[],
  earlierSeconds: number,
): Promise<Assembly> {
  const { blobs } = context;
  const [first] = parts;
  if (first === undefined) throw new Error('an adapter has at least one part');
  const modules = sortedModules(parts);
  const reports = modules.map(({ report }) => report);
  const result: AdapterReport = {
    aggregation: job.aggregation,
    executionProvider: providersOf(parts),
    computeSeconds: parts.reduce((sum, part) => sum + part.computeSeconds, earlierSeconds),
    clients: first.clients,
    modules: modules.map(({ report, clients }) => ({ ...report, clients })),
  };
  const weights = await weightsOf(blobs, job, first.clients);
  const config = encodeJson(configOf(job, parts, reports));
  const draft = await blobs.begin(tensorBytes(modules));
  try {
    const [file, lineage] = await Promise.all([
      writeAdapterFile(blobs, draft, modules, job.aggregation.dtype),
      describeLineage(context, job, parts, result.clients, weights),
    ]);
    const made = {
      madeAt: context.ledger.now().toISOString(),
      result: { ...file, configSha256: createHash('sha256').update(config).digest('hex') },
    };
    await blobs.commitAll(adapterFolder(job), {
      [ADAPTER_FILE]: draft,
      [CONFIG_FILE]: config,
      [SPECTRUM_FILE]: encodeJson(spectrumOf(job.aggregation, reports)),
      [RESULT_FILE]: encodeJson(result),
      [WEIGHTS_FILE]: encodeJson(weights),
      ...(lineage && { [LINEAGE_FILE]: encodeJson({ ...lineage, ...made }) }),
    });
    const { executionProvider, computeSeconds } = result;
    return { ...file, ...summarise(reports), executionProvider, computeSeconds };
  } finally {
    await draft.abort();
  }
}

/** A robust policy's were settled before any part was made. */
async function weightsOf(blobs: Blobs, job: PublishJob, clients: readonly WeighedClient[]): Promise<Weights> {
  const settled = await readJson<Weights>(blobs, adapterFolder(job) + WEIGHTS_FILE);
  return settled ?? weighClients(job.aggregation.weighting ?? WEIGHTING_DEFAULT, clients);
}

/** The federation's base model, or where it names none the one that all its clients named. */
function configOf(
  job: PublishJob,
  parts: readonly AdapterPart[],
  reports: readonly { name: string; rank: number }[],
) {
  const baseModel = job.baseModel ?? parts.find((part) => part.baseModel !== undefined)?.baseModel;
  const taskType = parts.find((part) => part.taskType !== undefined)?.taskType;
  return writeConfig(reports, {
    fanInFanOut: job.fanInFanOut,
    ...(baseModel === undefined ? {} : { baseModel }),
    ...(taskType === undefined ? {} : { taskType }),
  });
}

/** Workers may differ in what they compute on. */
function providersOf(parts: readonly AdapterPart[]): string {
  return [...new Set(parts.map((part) => part.provider))].sort().join('+');
}
