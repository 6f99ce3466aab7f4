// @ts-check
import { drawTable } from '../terminal/drawTable.mjs';
import { checkInterop } from './checkInterop.mjs';

/** @returns {Promise<number>} exit code: 0 when every check passed */
export async function printInterop() {
  /** @type {string[][]} */
  const rows = [];
  const { passed, failed, failures } = await checkInterop(({ check, ok, detail }) => {
    rows.push([ok ? '✓' : '✗', check, detail]);
  });
  const columns = [
    { title: '', align: /** @type {const} */ ('left') },
    { title: 'check', align: /** @type {const} */ ('left') },
    { title: 'found', align: /** @type {const} */ ('left') },
  ];
  process.stdout.write(`\n${drawTable(columns, rows, { emphasise: ([mark]) => mark === '✗' })}\n`);
  for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
