// @ts-check
import { drawTable } from '../../terminal/drawTable.mjs';
import { formatSeconds } from '../../terminal/format.mjs';

/** @typedef {import('../round/playRound.mjs').PlayedRound} PlayedRound */

const COLUMNS = /** @type {import('../../terminal/drawTable.mjs').Column[]} */ ([
  { title: 'step', align: 'left' },
  { title: 'killed', align: 'left' },
  { title: 'kills' },
  { title: 'went on after: median' },
  { title: 'longest' },
]);

/**
 * What was killed at which step, how often, and how long it took until the round that was struck went on: its
 * submission acknowledged, its close answered, its next part made, itself published.
 *
 * @param {readonly PlayedRound[]} played
 * @param {readonly PlayedRound[]} undisturbed
 * @returns {string}
 */
export function drawKills(played, undisturbed) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const { step, victim, recoveredMs = Number.POSITIVE_INFINITY } of played.flatMap(
    ({ kills }) => kills,
  )) {
    for (const key of [`${step} ${victim}`, 'all all'])
      groups.set(key, [...(groups.get(key) ?? []), recoveredMs]);
  }
  const rows = [...groups]
    .sort(([a], [b]) => Number(a === 'all all') - Number(b === 'all all') || a.localeCompare(b))
    .map(([key, times]) => {
      const [step = '', victim = ''] = key.split(' ');
      return [step, victim, String(times.length), shown(median(times)), shown(Math.max(...times))];
    });
  const [slow, quick] = [played, undisturbed].map((rounds) =>
    shown(1000 * median(rounds.map(({ seconds }) => seconds))),
  );
  return `${drawTable(COLUMNS, rows, { emphasise: ([step]) => step === 'all' })}
A round took ${slow} in the median, ${quick} undisturbed.`;
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} milliseconds */
const shown = (milliseconds) =>
  Number.isFinite(milliseconds) ? formatSeconds(milliseconds / 1000) : 'never';
