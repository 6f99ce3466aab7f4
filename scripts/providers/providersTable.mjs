// @ts-check
import { drawTable } from '../terminal/drawTable.mjs';

const LEGEND = [
  'golden: modules with exact answers that agree; worst: the largest departure from the best truncation, of ‖ΔW‖.',
  'Milliseconds of one 4096 × 4096 module from eight clients (r = 152, float16): median of 15 runs.',
];

/** @type {import('../terminal/drawTable.mjs').Column[]} */
const COLUMNS = [
  { title: 'provider', align: 'left' },
  { title: 'golden', align: 'left' },
  { title: 'worst' },
  { title: 'gram' },
  { title: 'solve' },
  { title: 'project' },
  { title: 'total' },
];

/**
 * What every provider does.
 *
 * @param {import('./checkProviders.mjs').ProviderLine[]} lines
 * @returns {string} lines, each ended
 */
export function providersTable(lines) {
  const table = drawTable(COLUMNS, lines.map(rowOf), {
    emphasise: ([, golden]) => golden?.includes('FAIL') ?? false,
  });
  return `${table}\n${LEGEND.map((line) => `  ${line}\n`).join('')}`;
}

/**
 * @param {import('./checkProviders.mjs').ProviderLine} line
 * @returns {string[]}
 */
function rowOf(line) {
  if (line.state !== 'checked') return [line.provider, line.state === 'absent' ? 'not available' : 'FAILED'];
  const { modules, failures, worst } = line.golden;
  const { gram, solve, project, total } = line.times;
  return [
    line.provider,
    failures.length === 0 ? `${modules} agree` : `${failures.length} FAIL`,
    worst.toExponential(1),
    ...[gram, solve, project, total].map((time) => time.toFixed(2)),
  ];
}
