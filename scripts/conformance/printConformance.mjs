// @ts-check
import { drawTable } from '../terminal/drawTable.mjs';
import { formatCount, formatSeconds } from '../terminal/format.mjs';
import { checkConformance } from './checkConformance.mjs';
import { readOptions } from './readOptions.mjs';

/** @returns {Promise<number>} exit code: 0 when no check found anything */
export async function printConformance() {
  const options = readOptions(process.argv.slice(2));
  const { passed, failed, failures } = await checkConformance(options, (report) => {
    process.stdout.write(`\n${describe(report, options.seed)}\n`);
  });
  for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

/**
 * @param {import('./runSchemathesis.mjs').Report} report
 * @param {number} seed
 */
function describe(report, seed) {
  const left = /** @type {const} */ ('left');
  const rows = [
    ['operations tried', `${report.operations.tested} of ${report.operations.total}`],
    ['requests', formatCount(report.test_cases.generated)],
    ['time', formatSeconds(report.running_time)],
    ['seed', String(seed)],
    ...Object.entries(report.phases).map(([phase, { status }]) => [phase, status]),
    ['findings', String(report.failures.length)],
  ];
  return drawTable(
    [
      { title: 'of the run', align: left },
      { title: '', align: left },
    ],
    rows,
  );
}
