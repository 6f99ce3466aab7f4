// @ts-check
import { colours } from '../../terminal/colours.mjs';
import { drawTable } from '../../terminal/drawTable.mjs';

/**
 * The tables of one section, each with its notes.
 *
 * @param {import('../section.mjs').Outcome} outcome
 */
export function printOutcome({ tables }) {
  const { bold, dim } = colours();
  for (const { title, columns, rows, notes } of tables) {
    process.stdout.write(`\n${bold(title)}\n\n${drawTable(columns, rows)}`);
    process.stdout.write(`\n${notes.map((note) => `  ${dim(note)}\n`).join('')}\n`);
  }
}
