// @ts-check
import { drawTable } from '../terminal/drawTable.mjs';
import { formatBytes, formatSeconds } from '../terminal/format.mjs';

const LEFT = /** @type {const} */ ('left');

/**
 * Two tables: the targets, and for each of them why what it was given was refused.
 *
 * @param {readonly import('./runTarget.mjs').Result[]} results
 */
export function fuzzTable(results) {
  const count = (/** @type {number} */ number) => number.toLocaleString('en');
  const targets = results.map(({ target, tally, peak, finding }) => {
    const accepted = tally.outcomes.accepted ?? 0;
    const slowest = formatSeconds(tally.slowestMs / 1000);
    const cells = [
      count(tally.cases),
      count(accepted),
      count(tally.cases - accepted),
      slowest,
      formatBytes(peak),
    ];
    return [target, ...cells, finding === undefined ? '✓' : '✗'];
  });
  const columns = ['cases', 'accepted', 'refused', 'slowest', 'memory'].map((title) => ({ title }));
  const reasons = results.flatMap(({ target, tally }) =>
    Object.entries(tally.outcomes)
      .filter(([outcome]) => outcome !== 'accepted')
      .sort(([, x], [, y]) => y - x)
      .map(([outcome, cases], at) => [at === 0 ? target : '', outcome, count(cases)]),
  );
  return [
    drawTable([{ title: 'target', align: LEFT }, ...columns, { title: '' }], targets),
    drawTable(
      [{ title: 'target', align: LEFT }, { title: 'refused as', align: LEFT }, { title: 'cases' }],
      reasons,
    ),
  ].join('\n');
}
