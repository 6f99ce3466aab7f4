// @ts-check
import t from 'tap';
import { readArguments } from '../readArguments.mjs';

t.test('measures everything unless told', async (t) => {
  t.strictSame(readArguments([]), {
    json: false,
    markdown: false,
    quick: false,
    only: ['module', 'large', 'service', 'thousand', 'growth', 'limits'],
  });
});

t.test('takes sections in any order and measures them in its own', async (t) => {
  t.strictSame(readArguments(['--json', '--only', 'limits, module']).only, ['module', 'limits']);
});

t.test('complains in one line', async (t) => {
  t.throws(() => readArguments(['--only', 'modul']), { name: 'Complaint', message: /modul\. Usage/ });
  t.throws(() => readArguments(['--fast']), { name: 'Complaint' });
  t.throws(() => readArguments(['--quick', '--markdown']), { name: 'Complaint', message: /quick/ });
});
