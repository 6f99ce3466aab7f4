// @ts-check
import { median } from '../measure/median.mjs';
import { formatRatio } from '../report/formatRatio.mjs';
import { formatTime } from '../report/formatTime.mjs';
import { describeFits } from './describeFits.mjs';

const COLUMNS = [{ title: 'modules' }, { title: '1 worker' }, { title: '2 workers' }, { title: 'gain' }];

/**
 * @param {import('./growWithModules.mjs').ModulePoint[]} points
 * @returns {import('../section.mjs').Table}
 */
export function modulesTable(points) {
  const medians = points.map(({ modules, seconds: [one, two] }) => ({
    modules,
    one: median(one),
    two: median(two),
  }));
  const fit = (/** @type {'one' | 'two'} */ key) =>
    describeFits(
      'L',
      medians.map((point) => [point.modules, point[key]]),
    );
  return {
    title: "A round of Llama-7B's modules, 8 clients, from close to published",
    columns: COLUMNS,
    rows: medians.map(({ modules, one, two }) => [
      String(modules),
      formatTime(one),
      formatTime(two),
      formatRatio(one / two),
    ]),
    notes: [
      'Each worker process makes one module at a time here; its products may use all cores.',
      `Fitted over the number of modules L: one worker ${fit('one')}; two workers ${fit('two')}.`,
    ],
  };
}
