import { writeConfig } from '@florist/core/peft/writeConfig';
import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { AdapterResult } from '@florist/core/schemas/adapter';
import type { Blobs } from '@florist/storage/blobs/blobs';
import {
  ADAPTER_FILE,
  adapterFolder,
  CONFIG_FILE,
  RESULT_FILE,
  SPECTRUM_FILE,
} from '@florist/storage/blobs/keys';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { writeJson } from '../aggregation/writeJson.js';
import type { AdapterPart } from './readParts.js';
import { spectrumOf } from './spectrumOf.js';
import { summarise } from './summarise.js';
import { type LocatedModule, writeAdapterFile } from './writeAdapterFile.js';

/** What publishing an adapter reports of it, apart from how long everything took. */
export type Assembly = Omit<AdapterResult, 'seconds'>;

/**
 * Writes the files of an adapter from its parts: the tensors, sorted by module, as PEFT loads them; its config;
 * its spectrum; its reports. Memory does not grow with the adapter, and the same parts give the same bytes.
 *
 * @param measureSeconds what the first pass under a byte budget took
 */
export async function assembleAdapter(
  blobs: Blobs,
  job: PublishJob,
  parts: readonly AdapterPart[],
  measureSeconds: number,
): Promise<Assembly> {
  const [first] = parts;
  if (first === undefined) throw new Error('an adapter has at least one part');
  const folder = adapterFolder(job);
  const modules = sortedModules(parts);
  const reports = modules.map(({ report }) => report);
  const file = await writeAdapterFile(blobs, folder + ADAPTER_FILE, modules, job.aggregation.dtype);
  await writeJson(blobs, folder + CONFIG_FILE, configOf(job, parts, reports));
  await writeJson(blobs, folder + SPECTRUM_FILE, spectrumOf(job.aggregation, reports));
  const result: AdapterReport = {
    aggregation: job.aggregation,
    executionProvider: providersOf(parts),
    computeSeconds: parts.reduce((sum, part) => sum + part.computeSeconds, measureSeconds),
    clients: first.clients,
    modules: modules.map(({ report, clients }) => ({ ...report, clients })),
  };
  await writeJson(blobs, folder + RESULT_FILE, result);
  const { executionProvider, computeSeconds } = result;
  return { ...file, ...summarise(reports), executionProvider, computeSeconds };
}

function sortedModules(parts: readonly AdapterPart[]): LocatedModule[] {
  const modules = parts.flatMap(({ key, modules }) => modules.map((module) => ({ ...module, key })));
  return modules.sort((x, y) => (x.report.name < y.report.name ? -1 : 1));
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
