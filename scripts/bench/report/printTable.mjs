// @ts-check
import { colours } from '../../terminal/colours.mjs';
import { drawTable } from '../../terminal/drawTable.mjs';
import { wrapText } from '../../terminal/wrapText.mjs';

/** Wide enough for every table, in characters; notes are broken to it. */
const WIDTH = 100;
const INDENT = '  ';

/**
 * A table under its title, and its notes below.
 *
 * @param {import('../section.mjs').Table} table
 * @param {(row: string[]) => boolean} [emphasise] rows to set in bold
 */
export function printTable({ title, columns, rows, notes }, emphasise = () => false) {
  const { bold, dim } = colours();
  const lines = notes.flatMap((note) => wrapText(note, WIDTH - INDENT.length));
  process.stdout.write(`\n${bold(title)}\n\n${drawTable(columns, rows, { emphasise })}`);
  process.stdout.write(`\n${lines.map((line) => `${INDENT}${dim(line)}\n`).join('')}`);
}
