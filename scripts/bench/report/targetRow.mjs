// @ts-check
import { judge } from './judge.mjs';

/** @type {import('../../terminal/drawTable.mjs').Column[]} */
export const TARGET_COLUMNS = [
  { title: 'work', align: 'left' },
  { title: 'target' },
  { title: 'measured' },
  { title: '', align: 'left' },
];

/**
 * @param {import('./judge.mjs').Target} target
 * @returns {string[]}
 */
export function targetRow(target) {
  const { wanted, found, verdict } = judge(target);
  return [target.work, wanted, found, verdict];
}
