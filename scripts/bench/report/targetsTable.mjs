// @ts-check
import { judge } from './judge.mjs';

/** @type {import('../../terminal/drawTable.mjs').Column[]} */
const COLUMNS = [
  { title: 'work', align: 'left' },
  { title: 'target' },
  { title: 'measured' },
  { title: '', align: 'left' },
];

/**
 * Promises beside what was measured, and why some are not kept.
 *
 * @param {import('./judge.mjs').Target[]} targets
 * @returns {import('../section.mjs').Table}
 */
export function targetsTable(targets) {
  const judged = targets.map((target) => ({ work: target.work, ...judge(target) }));
  return {
    title: 'Targets',
    columns: COLUMNS,
    rows: judged.map(({ work, wanted, found, verdict }) => [work, wanted, found, verdict]),
    notes: judged.flatMap(({ work, reason }) => (reason === undefined ? [] : [`${work}: ${reason}.`])),
  };
}
