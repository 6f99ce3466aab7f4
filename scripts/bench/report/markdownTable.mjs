// @ts-check

/**
 * A table in Markdown. Cells that are indented keep their indent.
 *
 * @param {import('../../terminal/drawTable.mjs').Column[]} columns
 * @param {string[][]} rows
 * @returns {string} without an end of line
 */
export function markdownTable(columns, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replace(/^ +/, '&emsp;');
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'left' ? '---' : '---:'))),
    ...rows.map((row) => line(columns.map((_, at) => cell(row[at] ?? '')))),
  ].join('\n');
}
