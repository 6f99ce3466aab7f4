// @ts-check
import { openBenchService } from '../service/openBenchService.mjs';
import { playRound } from '../service/playRound.mjs';

const MODULES = [4, 8, 16, 32, 64];
const MODULES_QUICK = [2, 4];
const ROUNDS = 3;
/** One module at a time in each worker, so that a second worker is what makes two at a time. */
const SETTINGS = { FLORIST_WORKER_CONCURRENCY: '1' };

/** @typedef {{ modules: number, seconds: [one: number[], two: number[]] }} ModulePoint seconds by worker processes */

/**
 * The time of a round against its number of modules, with one and with two worker processes.
 *
 * @param {import('../section.mjs').Bench} bench
 * @param {(progress: string) => void} progress
 * @returns {Promise<ModulePoint[]>}
 */
export async function growWithModules({ fleets, folder, quick }, progress) {
  const service = await openBenchService(folder, SETTINGS);
  try {
    /** @type {ModulePoint[]} */
    const points = (quick ? MODULES_QUICK : MODULES).map((modules) => ({ modules, seconds: [[], []] }));
    for (const workers of /** @type {const} */ ([1, 2])) {
      if (workers === 2) await service.addWorker();
      for (const { modules, seconds } of points) {
        progress(`${modules} modules, ${workers} worker${workers > 1 ? 's' : ''}`);
        const fleet = await fleets.model(modules);
        await playRound(service, fleet);
        for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
          seconds[workers - 1]?.push((await playRound(service, fleet)).seconds);
        }
      }
    }
    return points;
  } finally {
    await service.stop();
  }
}
