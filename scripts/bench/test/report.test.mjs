// @ts-check
import t from 'tap';
import { wrapText } from '../../terminal/wrapText.mjs';
import { leastWork } from '../measure/leastWork.mjs';
import { formatRatio } from '../report/formatRatio.mjs';
import { formatTime } from '../report/formatTime.mjs';
import { markdownTable } from '../report/markdownTable.mjs';

t.test('writes times and ratios with the digits that matter', async (t) => {
  t.strictSame([0.00008, 0.001234, 0.0123, 0.9999, 1.5, 12.34, 221.4, 1800].map(formatTime), [
    '80 µs',
    '1.23 ms',
    '12.3 ms',
    '1.00 s',
    '1.50 s',
    '12.3 s',
    '221 s',
    '30 min',
  ]);
  t.strictSame([0.654, 6.04, 99.6, 640].map(formatRatio), ['0.65×', '6.0×', '100×', '640×']);
});

t.test('writes a table in Markdown', async (t) => {
  const table = markdownTable(
    [{ title: 'work', align: 'left' }, { title: 'time' }],
    [['one | two', '1 s'], ['  three']],
  );
  t.equal(table, '| work | time |\n| --- | ---: |\n| one \\| two | 1 s |\n| &emsp;three |  |');
});

t.test('counts the least work by the cheaper way to the spectrum', async (t) => {
  const module = { shape: /** @type {const} */ ([4, 6]), rank: 1 };
  t.strictSame(leastWork({ ...module, stackedRank: 2 }, 100), { bytes: 140, operations: 40 + 40 });
  t.strictSame(leastWork({ ...module, stackedRank: 100 }, 0), {
    bytes: 40,
    operations: 2 * 100 * 24 + 4 * 24 + 2000,
  });
});

t.test('breaks notes between words', async (t) => {
  t.strictSame(wrapText('one two three', 7), ['one two', 'three']);
  t.strictSame(wrapText('unbreakable', 4), ['unbreakable']);
});
