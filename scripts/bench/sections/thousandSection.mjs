// @ts-check
import { freemem } from 'node:os';
import { formatBytes } from '../../terminal/format.mjs';
import { runCrowd } from '../crowd/runCrowd.mjs';
import { leastWork } from '../measure/leastWork.mjs';
import { formatTime } from '../report/formatTime.mjs';

/** @typedef {import('../crowd/runCrowd.mjs').CrowdRun} CrowdRun */
/** @typedef {import('../report/judge.mjs').Target} Target */

const COUNTS = [250, 500, 1000];
const COUNTS_QUICK = [10, 20, 40];
/** A crowd that takes longer has not finished, in seconds. */
const SECONDS_MAX = 180;
/** Of the memory that is free, a crowd may take this share, so that the machine keeps working … */
const FREE_SHARE = 0.5;
/** … and at most this, in bytes. */
const BYTES_MAX = 6e9;
/** Memory that does not depend on the number of clients differs by less than this when that number doubles. */
const GROWTH_MAX = 1.1;
const NONE = '–';

const COLUMNS = [
  { title: 'clients' },
  { title: 'stacked rank' },
  { title: 'files' },
  { title: 'time' },
  { title: 'peak memory' },
  { title: 'path', align: /** @type {const} */ ('left') },
];

/** @type {import('../section.mjs').Section} */
export const thousandSection = {
  title: 'A thousand clients of rank 16 on one module, m = n = 4096, τ 0.9',
  takes: '3 min',
  measure: async ({ fleets, quick }, progress) => {
    const bounds = { seconds: SECONDS_MAX, bytes: Math.min(BYTES_MAX, freemem() * FREE_SHARE) };
    const runs = [];
    for (const clients of quick ? COUNTS_QUICK : COUNTS) {
      progress(`${clients} clients`);
      const fleet = await fleets.crowd(clients);
      const run = await runCrowd(fleet, bounds);
      runs.push({ clients, stackedRank: fleet.stackedRank, bytes: fleet.bytes, ...run });
      if (run.failure) break;
    }
    return {
      data: { bounds, runs },
      tables: [
        {
          title: 'Many clients on one module',
          columns: COLUMNS,
          rows: runs.map(runRow),
          notes: [
            'Each in a process of its own that reads the files and aggregates once, without warming up. Every ' +
              `client has an adapter of its own. Stopped beyond ${formatTime(SECONDS_MAX)} or ${formatBytes(bounds.bytes)}.`,
          ],
        },
      ],
      targets: targetsOf(runs, quick ? COUNTS_QUICK : COUNTS),
      work: runs.flatMap(({ clients, bytes, result }) =>
        result
          ? [
              {
                name: `${clients} clients, reading included`,
                seconds: result.seconds,
                ...leastWork(result, bytes),
              },
            ]
          : [],
      ),
    };
  },
};

/** @typedef {CrowdRun & { clients: number, stackedRank: number, bytes: number }} Run */

/** @param {Run} run */
const runRow = ({ clients, stackedRank, bytes, seconds, peakBytes, result, failure }) => [
  String(clients),
  String(stackedRank),
  formatBytes(bytes),
  formatTime(result?.seconds ?? seconds),
  peakBytes > 0 ? formatBytes(peakBytes) : NONE,
  result?.path ?? failure ?? NONE,
];

/**
 * @param {Run[]} runs
 * @param {number[]} counts
 * @returns {Target[]}
 */
function targetsOf(runs, counts) {
  const [half, all] = counts
    .slice(-2)
    .map((count) => runs.find((run) => run.clients === count && run.result));
  const failed = runs.find((run) => run.failure);
  const missing = failed
    ? `${failed.clients} clients ${failed.failure} after ${formatTime(failed.seconds)}`
    : '';
  return [
    {
      work: `${counts.at(-1)} clients finish within ${formatTime(SECONDS_MAX)}`,
      sense: 'at most',
      bound: SECONDS_MAX,
      unit: 's',
      ...(all ? { measured: all.seconds } : { failed: missing }),
    },
    {
      work: `memory at ${counts.at(-1)} clients over that at ${counts.at(-2)}`,
      sense: 'at most',
      bound: GROWTH_MAX,
      unit: '×',
      ...(half && all ? { measured: all.peakBytes / half.peakBytes } : { failed: missing }),
    },
  ];
}
