// @ts-check
import { pathToFileURL } from 'node:url';
import { openBlobs } from '../../../storage/dist/blobs/openBlobs.js';
import { readAdapterFile } from '../../../worker/dist/aggregation/readAdapterFile.js';
import { readModuleInput } from '../../../worker/dist/aggregation/readModuleInput.js';

/**
 * One module of a fleet, read from its files as the worker reads submissions.
 *
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet
 * @returns {Promise<import('../../../core/src/florist/moduleReport.js').ModuleInput>} the fleet's first module
 */
export async function readFleetModule({ root, modules, clients, weights }) {
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
  return readModuleInput(blobs, opened, modules[0]?.name ?? '');
}
