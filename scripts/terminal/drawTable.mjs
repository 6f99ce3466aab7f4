// @ts-check
import { colours } from './colours.mjs';

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {'left' | 'right'} [align] right unless told
 */

/**
 * Draws rows under their titles, with one rule between. Cells must not be painted.
 *
 * @param {Column[]} columns
 * @param {string[][]} rows one cell per column
 * @param {{ emphasise?: (row: string[]) => boolean }} [options] rows to set in bold
 * @returns {string} lines, each ended
 */
export function drawTable(columns, rows, { emphasise = () => false } = {}) {
  const { bold, dim } = colours();
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  /** @param {string[]} cells */
  const layOut = (cells) =>
    columns
      .map(({ align = 'right' }, at) => {
        const [cell, width] = [cells[at] ?? '', widths[at] ?? 0];
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const width = widths.reduce((sum, each) => sum + each + 2, -2);
  return [
    `  ${dim(layOut(columns.map(({ title }) => title)))}`,
    `  ${dim('─'.repeat(width))}`,
    ...rows.map((row) => `  ${emphasise(row) ? bold(layOut(row)) : layOut(row)}`),
    '',
  ].join('\n');
}
