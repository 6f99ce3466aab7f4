// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { markdownTable } from '../bench/report/markdownTable.mjs';
import { replaceBetween } from '../bench/report/replaceBetween.mjs';
import { inRoot } from '../processes/root.mjs';

const DOCUMENT = inRoot('docs', 'precision.md');

/**
 * Puts the tables into docs/precision.md, each between the two comments that name it.
 *
 * @param {string} machine that measured
 * @param {import('./precisionTables.mjs').NamedTable[]} tables
 */
export async function writePrecision(machine, tables) {
  let text = replaceBetween(await readFile(DOCUMENT, 'utf8'), 'machine', `Measured on ${machine}.`);
  for (const { name, table } of tables) {
    text = replaceBetween(text, name, markdownTable(table.columns, table.rows));
  }
  await writeFile(DOCUMENT, text);
}
