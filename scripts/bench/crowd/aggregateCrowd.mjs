// @ts-check
import { availableParallelism } from 'node:os';
import { openOnnxKernel } from '../../../worker/dist/engine/openOnnxKernel.js';
import { openFleetModule } from '../ours/openFleetModule.mjs';
import { timeModule } from '../ours/timeModule.mjs';

/**
 * The program of a process that aggregates one module of a fleet, once, and tells its parent. The fleet comes as
 * a message, so that nothing but this work takes memory here.
 */
function aggregateCrowd() {
  process.once('message', async (/** @type {import('../fleet/toFleet.mjs').Fleet} */ fleet) => {
    const begun = performance.now();
    const kernel = openOnnxKernel('cpu', availableParallelism());
    const { report } = await timeModule(kernel, await openFleetModule(fleet));
    const { shape, stackedRank, rank, path, pathReason } = report;
    const seconds = (performance.now() - begun) / 1000;
    process.send?.({ shape, stackedRank, rank, path, pathReason, seconds }, () => process.exit(0));
  });
}

aggregateCrowd();
