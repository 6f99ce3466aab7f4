// @ts-check
import { pathToFileURL } from 'node:url';
import { openBlobs } from '../../../storage/dist/blobs/openBlobs.js';
import { bufferPool } from '../../../worker/dist/aggregation/bufferPool.js';
import { openModule } from '../../../worker/dist/aggregation/openModule.js';
import { readAdapterFile } from '../../../worker/dist/aggregation/readAdapterFile.js';

/**
 * One module of a fleet, opened as the worker opens submissions: read at once, unless it is to be accumulated.
 *
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet
 * @returns {Promise<import('../../../core/src/florist/moduleReport.js').ModuleSource>} the fleet's first module
 */
export async function openFleetModule({ root, modules, clients, weights }) {
  const blobs = await openBlobs(pathToFileURL(root).href);
  const opened = [];
  for (const [at, { name, examples }] of clients.entries()) {
    const file = await readAdapterFile(blobs, `${name}/`);
    opened.push({
      client: name,
      numExamples: examples,
      weight: weights[at] ?? 0,
      blob: `${name}/adapter_model.safetensors`,
      modules: new Map(file.modules.map((module) => [module.name, module])),
    });
  }
  const { source } = await openModule(blobs, bufferPool(), opened, modules[0]?.name ?? '');
  return source;
}
