// @ts-check
import { formatRatio } from '../report/formatRatio.mjs';
import { formatSpread } from '../report/formatSpread.mjs';

/** @typedef {import('./raceModule.mjs').Race} Race */

/** The columns of a race's table. */
export const RACE_COLUMNS = [
  { title: '', align: /** @type {const} */ ('left') },
  { title: 'median' },
  { title: 'quartiles' },
  { title: 'against ours' },
  { title: 'rank' },
];

/**
 * The rows of a race: ours, its steps, and the peer where there is one.
 *
 * @param {Race} race
 * @param {string} name of the case
 * @returns {string[][]}
 */
export function raceRows({ ours, steps, report, theirs, ratio, theirRank }, name) {
  return [
    [`${name}: ours (${report.path})`, ...formatSpread(ours), '1', String(report.rank)],
    ['  Gram matrices', ...formatSpread(steps.gram)],
    ['  r-space', ...formatSpread(steps.solve)],
    ['  final products', ...formatSpread(steps.project)],
    ...(theirs && ratio
      ? [
          [
            '  published pipeline',
            ...formatSpread(theirs),
            formatRatio(ratio.median),
            String(theirRank ?? ''),
          ],
        ]
      : []),
  ];
}
