// @ts-check
import { formatBytes } from '../../terminal/format.mjs';
import { copyRate } from '../measure/copyRate.mjs';
import { formatRatio } from '../report/formatRatio.mjs';
import { formatTime } from '../report/formatTime.mjs';

/** @typedef {import('../section.mjs').Work} Work */

const COLUMNS = [
  { title: 'work', align: /** @type {const} */ ('left') },
  { title: 'bytes' },
  { title: 'moving them' },
  { title: 'operations' },
  { title: 'doing them' },
  { title: 'measured' },
  { title: 'over the limit' },
];

/** @type {import('../section.mjs').Section} */
export const limitsSection = {
  title: 'What this machine could do at best',
  takes: '10 s',
  measure: async ({ ours, cores, work }) => {
    const bytesPerSecond = await copyRate(cores);
    const operationsPerSecond = await ours.productRate();
    const rows = work.map((each) => hold(each, bytesPerSecond, operationsPerSecond));
    return {
      data: { bytesPerSecond, operationsPerSecond, rows },
      tables: [
        {
          title: 'What is measured over what the machine could do at best',
          columns: COLUMNS,
          rows: rows.map((row) => [
            row.name,
            formatBytes(Math.round(row.bytes)),
            formatTime(row.moving),
            `${(row.operations / 1e9).toPrecision(3)} G`,
            formatTime(row.doing),
            formatTime(row.seconds),
            formatRatio(row.overLimit),
          ]),
          notes: [
            `Copying memory: ${formatBytes(Math.round(bytesPerSecond))}/s. float64 products through the engine: ${(operationsPerSecond / 1e9).toFixed(1)} G operations/s.`,
            'The limit is the longer of moving and doing. Bytes: the factors once, the adapter once. Operations: ' +
              'the cheaper of both Gram matrices (half, by symmetry) and ΔW with its Gram matrix, and the final ' +
              'products; r-space counts as nothing.',
            ...(work.length === 0
              ? ['No row was measured in this run: leave --only away, or name others too.']
              : []),
          ],
        },
      ],
      targets: [],
      work: [],
    };
  },
};

/**
 * @param {Work} work
 * @param {number} bytesPerSecond
 * @param {number} operationsPerSecond
 */
function hold(work, bytesPerSecond, operationsPerSecond) {
  const moving = work.bytes / bytesPerSecond;
  const doing = work.operations / operationsPerSecond;
  return { ...work, moving, doing, overLimit: work.seconds / Math.max(moving, doing) };
}
