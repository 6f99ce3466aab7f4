// @ts-check
import { colours } from '../../terminal/colours.mjs';
import { drawTable } from '../../terminal/drawTable.mjs';
import { TARGET_COLUMNS, targetRow } from './targetRow.mjs';

/**
 * Promises beside what was measured; those missed in bold.
 *
 * @param {import('./judge.mjs').Target[]} targets
 */
export function printTargets(targets) {
  if (targets.length === 0) return;
  const emphasise = (/** @type {string[]} */ row) => row.at(-1)?.startsWith('missed') ?? false;
  const table = drawTable(TARGET_COLUMNS, targets.map(targetRow), { emphasise });
  process.stdout.write(`${colours().bold('Targets')}\n\n${table}\n`);
}
