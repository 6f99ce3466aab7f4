// @ts-check
import t from 'tap';
import { drawTable } from '../terminal/drawTable.mjs';
import { formatBytes, formatPercent, formatSeconds } from '../terminal/format.mjs';

t.test('lays columns out under their titles', async (t) => {
  const table = drawTable(
    [{ title: 'method', align: 'left' }, { title: 'rank' }],
    [
      ['a', '1'],
      ['longer one', '2,816'],
    ],
  );
  t.equal(table, '  method       rank\n  ─────────────────\n  a               1\n  longer one  2,816\n');
});

t.test('formats quantities with their units', async (t) => {
  t.strictSame([999, 1500, 1_234_567, 42_895_768].map(formatBytes), [
    '999 B',
    '1.50 kB',
    '1.23 MB',
    '42.90 MB',
  ]);
  t.strictSame([0.0004, 0.25, 1.5, 12.34, 61, 3725].map(formatSeconds), [
    '0 ms',
    '250 ms',
    '1.5 s',
    '12.3 s',
    '61.0 s',
    '62 min 5 s',
  ]);
  t.equal(formatPercent(0.90123), '90.12 %');
});
