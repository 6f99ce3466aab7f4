import fc from 'fast-check';
import t from 'tap';
import { parseRange } from '../../src/files/parseRange.js';

t.test('reads the forms that RFC 9110 has', async (t) => {
  t.same(parseRange('bytes=0-499', 10_000), { begin: 0, end: 500 });
  t.same(parseRange('bytes=9500-', 10_000), { begin: 9500, end: 10_000 });
  t.same(parseRange('bytes=-500', 10_000), { begin: 9500, end: 10_000 });
  t.same(parseRange('bytes=-20000', 10_000), { begin: 0, end: 10_000 }, 'more than there is: all of it');
  t.same(parseRange('bytes=9000-99999', 10_000), { begin: 9000, end: 10_000 }, 'past the end: to the end');
  t.same(parseRange('bytes=9999-9999', 10_000), { begin: 9999, end: 10_000 });
});

t.test('cannot satisfy what lies outside', async (t) => {
  t.equal(parseRange('bytes=10000-', 10_000), 'unsatisfiable');
  t.equal(parseRange('bytes=10000-10005', 10_000), 'unsatisfiable');
  t.equal(parseRange('bytes=-0', 10_000), 'unsatisfiable');
  t.equal(parseRange('bytes=0-', 0), 'unsatisfiable');
});

t.test('ignores what it need not understand', async (t) => {
  const headers = [
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,3-4',
    'items=0-1',
    'bytes=a-b',
    'bytes=1.5-2',
    '',
  ];
  for (const header of [...headers, undefined, `bytes=0-${'9'.repeat(30)}`]) {
    t.equal(parseRange(header, 10), 'whole', String(header));
  }
});

t.test('never reaches outside the file', async () => {
  const bound = fc.option(fc.nat({ max: 300 }), { nil: undefined });
  fc.assert(
    fc.property(bound, bound, fc.nat({ max: 200 }), (first, last, bytes) => {
      const range = parseRange(`bytes=${first ?? ''}-${last ?? ''}`, bytes);
      return typeof range === 'string' || (range.begin >= 0 && range.begin < range.end && range.end <= bytes);
    }),
  );
});
