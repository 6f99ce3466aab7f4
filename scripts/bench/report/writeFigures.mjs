// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { inRoot } from '../../processes/root.mjs';
import { wrapText } from '../../terminal/wrapText.mjs';
import { markdownTable } from './markdownTable.mjs';
import { replaceBetween } from './replaceBetween.mjs';
import { targetsTable } from './targetsTable.mjs';

/** Characters on a line of the document. */
const WIDTH = 115;
const DOCUMENT = inRoot('docs', 'benchmarks.md');

/**
 * Puts the figures of the sections that were measured into docs/benchmarks.md, each between the two comments that
 * name its section; those of other sections stay.
 *
 * @param {string} machine that measured
 * @param {Map<string, import('../section.mjs').Outcome>} outcomes by section
 */
export async function writeFigures(machine, outcomes) {
  let text = await readFile(DOCUMENT, 'utf8');
  for (const [name, { tables, targets }] of outcomes) {
    const parts = [
      `Measured on ${machine}.`,
      ...(targets.length > 0 ? describe({ ...targetsTable(targets), title: '' }) : []),
      ...tables.flatMap(describe),
    ];
    text = replaceBetween(text, name, parts.filter(Boolean).join('\n\n'));
  }
  await writeFile(DOCUMENT, text);
}

/**
 * @param {import('../section.mjs').Table} table
 * @returns {string[]} paragraphs
 */
const describe = ({ title, columns, rows, notes }) => [
  title && `**${title}**`,
  markdownTable(columns, rows),
  notes.flatMap((note) => wrapText(note, WIDTH)).join('\n'),
];
