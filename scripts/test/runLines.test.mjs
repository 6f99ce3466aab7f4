// @ts-check
import t from 'tap';
import { runLines } from '../processes/runLines.mjs';

t.test('gives every line as it comes, and complains with what a failing program says', async (t) => {
  /** @type {unknown[]} */
  const lines = [];
  const ended = runLines(['scripts', 'test', 'programs', 'sayLines.mjs'], (line) => lines.push(line));
  await t.rejects(ended, { name: 'Complaint', message: 'it broke: here is why' });
  t.strictSame(lines, [{ number: 1 }, { number: 2 }]);
});
