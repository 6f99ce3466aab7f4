// @ts-check
import { median } from '../bench/measure/median.mjs';
import { quantile } from '../bench/measure/quantile.mjs';
import { drawTable } from '../terminal/drawTable.mjs';
import { formatBytes, formatSeconds } from '../terminal/format.mjs';

/** What the api may hold at most, in bytes, whatever the number of uploads and listeners that these options allow. */
export const API_BYTES_MAX = 512e6;
/** Upload throughput as a share of nginx's. */
export const RATIO_MIN = 0.8;

/** Faults shown one by one. */
const FAULTS_MAX = 20;

/**
 * @param {import('./readOptions.mjs').Options} options
 * @param {import('./makeFiles.mjs').Files} files
 * @param {import('./standCrowd.mjs').Crowd} crowd
 * @param {import('./raceNginx.mjs').Race | undefined} race
 * @returns {{ text: string, faults: number }}
 */
export function printLoad(options, files, crowd, race) {
  const faults = [...crowd.faults];
  if (crowd.peakBytes > API_BYTES_MAX) {
    faults.push(`the api took ${formatBytes(crowd.peakBytes)}, more than ${formatBytes(API_BYTES_MAX)}`);
  }
  const lines = [
    '',
    `${options.clients} clients sent ${formatBytes(files.bytes)} each at once; ${options.listeners} listened`,
    '',
    drawTable(LATENCIES, latencyRows(crowd)),
    `  Memory of the api: ${formatBytes(crowd.peakBytes)} at most; the bound is ${formatBytes(API_BYTES_MAX)}.`,
    `  Uploads asked to wait and sent again: ${crowd.uploads.retries}.`,
    '',
    ...(race ? raceLines(options, files, race, faults) : []),
    ...faults.slice(0, FAULTS_MAX).map((fault) => `  ✗ ${fault}`),
    ...(faults.length > FAULTS_MAX ? [`  … and ${faults.length - FAULTS_MAX} more`] : []),
    faults.length === 0
      ? 'Everything that was acknowledged is there.'
      : `${faults.length} things are not as they should be.`,
  ];
  return { text: lines.join('\n'), faults: faults.length };
}

const LATENCIES = [
  { title: 'what', align: /** @type {const} */ ('left') },
  { title: 'count' },
  { title: 'median' },
  { title: '95 %' },
  { title: '99 %' },
  { title: 'slowest' },
];

/** @param {import('./standCrowd.mjs').Crowd} crowd */
function latencyRows({ uploads, reads, delays }) {
  const [status, spectrum] = reads;
  return [
    row('uploads', uploads.latencies),
    row('reads of the round', status?.latencies ?? []),
    row('reads of a spectrum', spectrum?.latencies ?? []),
    row('events, sampled', delays),
  ];
}

/**
 * @param {string} what
 * @param {readonly number[]} seconds
 */
function row(what, seconds) {
  if (seconds.length === 0) return [what, '0', '–', '–', '–', '–'];
  const at = (/** @type {number} */ share) => formatSeconds(quantile(seconds, share));
  return [what, String(seconds.length), at(0.5), at(0.95), at(0.99), at(1)];
}

/**
 * @param {import('./readOptions.mjs').Options} options
 * @param {import('./makeFiles.mjs').Files} files
 * @param {import('./raceNginx.mjs').Race} race
 * @param {string[]} faults
 */
function raceLines({ clients, turns }, files, { contest, synced, alone }, faults) {
  const { ours, theirs, ratios } = contest;
  const ratio = median(ratios);
  const beside = (/** @type {readonly number[]} */ others) =>
    `${median(others.map((seconds, turn) => seconds / (ours[turn] ?? 0))).toFixed(2)}×`;
  const best = median(theirs.map((seconds, turn) => seconds / (alone[turn] ?? 0)));
  if (ratio < RATIO_MIN)
    faults.push(`upload throughput is ${ratio.toFixed(2)} of nginx's, below ${RATIO_MIN}`);
  const rate = (/** @type {readonly number[]} */ seconds) =>
    `${formatBytes((clients * files.bytes) / median(seconds))}/s`;
  return [
    drawTable(
      [
        { title: 'received', align: 'left' },
        { title: 'median' },
        { title: 'rate' },
        { title: 'ours beside it' },
      ],
      [
        ['Florist: checked, hashed, synced', formatSeconds(median(ours)), rate(ours), ''],
        ['nginx WebDAV PUT', formatSeconds(median(theirs)), rate(theirs), beside(theirs)],
        ['nginx, then sync', formatSeconds(median(synced)), rate(synced), beside(synced)],
        ['no server: written, each synced', formatSeconds(median(alone)), rate(alone), beside(alone)],
      ],
    ),
    `  The same client, files and machine, ${turns} turns each after one that does not count. nginx neither looks at`,
    '  what it receives nor syncs it; a receipt of Florist says that the bytes are checked and on the disk.',
    `  Writing and syncing the files without any server runs at ${best.toFixed(2)} of nginx's rate: no such receipt`,
    '  can be given sooner.',
    '',
  ];
}
