import { writeConfig } from '@florist/core/peft/writeConfig';
import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { AdapterResult } from '@florist/core/schemas/adapter';
import { WEIGHTING_DEFAULT } from '@florist/core/schemas/weighting';
import { type WeighedClient, weighClients } from '@florist/core/weighting/weighClients';
import type { Blobs } from '@florist/storage/blobs/blobs';
import {
  ADAPTER_FILE,
  adapterFolder,
  CONFIG_FILE,
  RESULT_FILE,
  SPECTRUM_FILE,
  WEIGHTS_FILE,
} from '@florist/storage/blobs/keys';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { phasesOf } from '@florist/storage/queue/phasesOf';
import { writeJson } from '../aggregation/writeJson.js';
import type { PublishContext } from './publishAttempt.js';
import type { AdapterPart } from './readParts.js';
import { sortedModules } from './sortedModules.js';
import { spectrumOf } from './spectrumOf.js';
import { summarise } from './summarise.js';
import { writeAdapterFile } from './writeAdapterFile.js';
import { writeLineage } from './writeLineage.js';

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
  const folder = adapterFolder(job);
  const modules = sortedModules(parts);
  const reports = modules.map(({ report }) => report);
  const result: AdapterReport = {
    aggregation: job.aggregation,
    executionProvider: providersOf(parts),
    computeSeconds: parts.reduce((sum, part) => sum + part.computeSeconds, earlierSeconds),
    clients: first.clients,
    modules: modules.map(({ report, clients }) => ({ ...report, clients })),
  };
  const [file, configSha256] = await Promise.all([
    writeAdapterFile(blobs, folder + ADAPTER_FILE, modules, job.aggregation.dtype),
    writeJson(blobs, folder + CONFIG_FILE, configOf(job, parts, reports)),
    writeJson(blobs, folder + SPECTRUM_FILE, spectrumOf(job.aggregation, reports)),
    writeJson(blobs, folder + RESULT_FILE, result),
    writeWeights(blobs, job, first.clients),
  ]);
  await writeLineage(context, job, parts, result.clients, { ...file, configSha256 });
  const { executionProvider, computeSeconds } = result;
  return { ...file, ...summarise(reports), executionProvider, computeSeconds };
}

/** A robust policy's were settled before any part was made. */
async function writeWeights(blobs: Blobs, job: PublishJob, clients: readonly WeighedClient[]): Promise<void> {
  if (phasesOf(job.aggregation).includes('weigh')) return;
  const { weighting = WEIGHTING_DEFAULT } = job.aggregation;
  await writeJson(blobs, adapterFolder(job) + WEIGHTS_FILE, weighClients(weighting, clients));
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
