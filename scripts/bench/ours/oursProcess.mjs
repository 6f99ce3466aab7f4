// @ts-check
import { availableParallelism } from 'node:os';
import { openOnnxKernel } from '../../../worker/dist/engine/openOnnxKernel.js';
import { productRate } from '../measure/productRate.mjs';
import { openFleetModule } from './openFleetModule.mjs';
import { timeModule } from './timeModule.mjs';

/** @typedef {import('./openOurs.mjs').OursRequest} OursRequest */

const kernel = openOnnxKernel('cpu', availableParallelism());
/** @type {import('../../../core/src/florist/moduleReport.js').ModuleSource | undefined} */
let source;

/**
 * @param {OursRequest} request
 * @returns {Promise<unknown>}
 */
async function answer(request) {
  switch (request.op) {
    case 'load':
      source = await openFleetModule(request.fleet);
      return undefined;
    case 'aggregate': {
      if (source === undefined) throw new Error('load a module first');
      const timed = [];
      for (let at = 0; at < request.times; at++) timed.push(await timeModule(kernel, source));
      return timed;
    }
    case 'productRate':
      return productRate(kernel);
  }
}

/** The program of the process behind openOurs.mjs. */
process.on('message', (/** @type {OursRequest} */ request) => {
  void answer(request).then(
    (given) => process.send?.({ answer: given }),
    (error) => process.send?.({ failure: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit());
