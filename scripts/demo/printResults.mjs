// @ts-check
import { availableParallelism } from 'node:os';
import { colours } from '../terminal/colours.mjs';
import { drawTable } from '../terminal/drawTable.mjs';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '../terminal/format.mjs';
import { wrapText } from '../terminal/wrapText.mjs';
import { TAU } from './cast.mjs';

/** @typedef {import('./awaitAdapter.mjs').AdapterResult} AdapterResult */
/** @typedef {import('../../core/src/schemas/comparison.js').Comparison} Comparison */
/** @typedef {{ tau: number, result: AdapterResult }} Threshold */

/** F16, in which the demo publishes, spends this many bytes on a parameter. */
const F16_BYTES = 2;
const NONE = '–';
const WIDTH = 80;

const METHOD_NAMES = {
  florist: 'FLoRIST',
  fedit: 'FedIT',
  flora: 'FLoRA',
  flexlora: 'FlexLoRA',
  'ffa-lora': 'FFA-LoRA',
};

const COLUMNS = [
  { title: 'method', align: /** @type {const} */ ('left') },
  { title: 'total rank' },
  { title: 'download' },
  { title: 'efficiency' },
  { title: 'energy' },
  { title: 'error' },
  { title: 'time' },
];

/**
 * The table of the demo and what it means.
 *
 * @param {Threshold[]} thresholds FLoRIST's adapters, by τ
 * @param {Comparison} comparison
 */
export function printResults(thresholds, comparison) {
  const others = comparison.methods.filter(({ method }) => method !== 'florist');
  const rows = [...thresholds.map(floristRow), ...others.map(otherRow)];
  const isOurs = (/** @type {string[]} */ [method]) => method?.startsWith(METHOD_NAMES.florist) ?? false;
  const { bold, dim } = colours();
  process.stdout.write(`\n${bold('What each of the eight clients downloads after the round')}\n\n`);
  process.stdout.write(drawTable(COLUMNS, rows, { emphasise: isOurs }));
  process.stdout.write(
    `\n${notes(thresholds, comparison)
      .flatMap((note) => wrapText(note, WIDTH - 2))
      .map((line) => `  ${dim(line)}\n`)
      .join('')}`,
  );
}

/** @param {Threshold} threshold */
function floristRow({ tau, result }) {
  return [
    `${METHOD_NAMES.florist} ${formatTau(tau)}`,
    formatCount(result.totalRank),
    formatBytes(result.parameters * F16_BYTES),
    formatEfficiency(1 / result.totalRank),
    formatPercent(result.energyKept),
    formatError(result.relativeError),
    formatSeconds(result.seconds),
  ];
}

/** @param {Comparison['methods'][number]} cost */
function otherRow({ method, totalRank, parameters, efficiency, relativeError }) {
  const error = relativeError === null ? NONE : formatError(relativeError);
  const bytes = formatBytes(Math.round(parameters * F16_BYTES));
  return [
    METHOD_NAMES[method],
    formatCount(totalRank),
    bytes,
    formatEfficiency(efficiency),
    NONE,
    error,
    NONE,
  ];
}

/** @param {number} tau */
const formatTau = (tau) => `τ ${tau.toFixed(2)}`;

/** @param {number} efficiency */
const formatEfficiency = (efficiency) => `${(efficiency * 1e4).toFixed(2)}e-4`;

/** Below this a relative error is the rounding of the arithmetic, not of the method. */
const EXACT_BELOW = 1e-9;

/** @param {number} error */
const formatError = (error) => (error < EXACT_BELOW ? 'exact' : error.toFixed(4));

/**
 * @param {Threshold[]} thresholds
 * @param {Comparison} comparison
 */
function notes(thresholds, comparison) {
  const provider = thresholds[0]?.result.executionProvider ?? '';
  const why = comparison.methods.flatMap(({ method, note }) =>
    note ? [`${METHOD_NAMES[method]}: ${note}`] : [],
  );
  return [
    'download: F16, two bytes a parameter, for every method; files add a header of a few kilobytes.',
    'efficiency: 1 / total rank. FlexLoRA: the mean over clients. FFA-LoRA: half, only B travels.',
    'energy, error: energy kept and relative error of the published adapter against the exact mean ΔW of the round.',
    `time: FLoRIST on ${provider}, ${availableParallelism()} cores, from the start of the aggregation to publication.`,
    `${formatTau(TAU)} came first, while the worker still compiled: later rounds take less.`,
    'The other methods were not run here; their errors follow exactly from the same Gram matrices.',
    ...why,
    'The adapters are synthetic: a decaying spectrum that all clients share, and noise of their own.',
  ];
}
