// @ts-check
import t from 'tap';
import { replaceBetween } from '../bench/report/replaceBetween.mjs';
import { precisionTables } from '../precision/precisionTables.mjs';
import { readArguments } from '../precision/readArguments.mjs';

/** @typedef {import('../precision/precision.mjs').PrecisionLine} PrecisionLine */

/**
 * @param {'F32' | 'F16' | 'BF16'} input
 * @param {number} sigma
 * @returns {PrecisionLine}
 */
function lineOf(input, sigma) {
  const errors = {
    product: 3.4e-8,
    orthonormality: 1.9e-8,
    rounding: { product: 3.2e-8, orthonormality: 2e-8 },
  };
  const adapter = { dtype: /** @type {const} */ ('F32'), rank: 7, ...errors };
  return {
    ...{
      provider: 'cpu',
      input,
      name: 'equal clients',
      stackedRank: 128,
      rank: 16,
      condition: 3e16,
      broken: [],
    },
    published: [
      { ...adapter, tau: 0.9, path: 'iteration', sigma: 1e-14 },
      { ...adapter, tau: 1, path: 'gram', sigma, product: 3.6e-8 },
    ],
  };
}

t.test('a row has the worst σ of its paths, and errors by dtype in and out', async (t) => {
  const tables = precisionTables([lineOf('F32', 2e-9), lineOf('F16', 3e-9)]);
  const rows = Object.fromEntries(tables.map(({ name, table }) => [name, table.rows[0]]));
  t.strictSame(rows.sigma, [
    ...['equal clients', '128', 'iteration, gram'],
    ...['∞', '16', '2.0e-9', '∞', '16', '3.0e-9', '', '', ''],
  ]);
  const none = Array(3).fill('');
  t.strictSame(rows['product-default'], ['equal clients', '3.4e-8', '', '', '3.4e-8', '', '', ...none]);
  t.strictSame(rows['product-strict']?.slice(0, 2), ['equal clients', '3.6e-8']);
  t.strictSame(rows.rounding, ['F32', '3.6e-8', '3.2e-8', '1.125', '1.9e-8', '2.0e-8']);
  for (const { table } of tables) {
    for (const row of table.rows) t.equal(row.length, table.columns.length, table.title);
  }
});

t.test('tables go between the comments that name their place, again and again', async (t) => {
  const text = 'before\n<!-- figures: x -->\n\nold\n\n<!-- end: x -->\nafter\n';
  const once = replaceBetween(text, 'x', 'new');
  t.equal(once, text.replace('old', 'new'));
  t.equal(replaceBetween(once, 'x', 'new'), once);
  t.throws(() => replaceBetween(text, 'y', 'new'), /no place for the figures of y/);
});

t.test('an option that does not exist is named', async (t) => {
  t.strictSame({ ...readArguments(['--json']) }, { json: true, markdown: false });
  t.throws(() => readArguments(['--quick']), {
    name: 'Complaint',
    message: /--quick.*Usage: npm run precision/,
  });
});
