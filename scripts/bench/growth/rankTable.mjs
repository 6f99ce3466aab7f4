// @ts-check
import { formatTime } from '../report/formatTime.mjs';
import { describeFits } from './describeFits.mjs';

const COLUMNS = [
  { title: 'r' },
  { title: 'time' },
  { title: 'Gram matrices' },
  { title: 'r-space' },
  { title: 'final products' },
  { title: 'rank' },
  { title: 'path', align: /** @type {const} */ ('left') },
];

/**
 * @param {import('./growWithRank.mjs').RankGrowth} growth
 * @returns {import('../section.mjs').Table}
 */
export function rankTable({ points, leftOut }) {
  const fit = (/** @type {'seconds' | 'gram' | 'solve' | 'project'} */ key) =>
    describeFits(
      'r',
      points.map((point) => [point.r, point[key]]),
    );
  const paths = points.filter(({ path }, at) => at > 0 && path !== points[at - 1]?.path);
  return {
    title: 'One module, m = n = 4096, clients of rank 16: time against r',
    columns: COLUMNS,
    rows: points.map((point) => [
      String(point.r),
      formatTime(point.seconds),
      formatTime(point.gram),
      formatTime(point.solve),
      formatTime(point.project),
      String(point.rank),
      point.path,
    ]),
    notes: [
      `Fitted: the whole ${fit('seconds')}; Gram matrices ${fit('gram')}; ` +
        `r-space ${fit('solve')}; final products ${fit('project')}.`,
      ...paths.map(({ r, path, pathReason }) => `From r = ${r} on the path is "${path}": ${pathReason}.`),
      ...(leftOut ? [`r = ${leftOut} and beyond were left out: each might have taken minutes.`] : []),
    ],
  };
}
