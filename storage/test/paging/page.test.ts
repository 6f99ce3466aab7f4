import fc from 'fast-check';
import t from 'tap';
import { nameCursor, numberCursor, pageLimit, pageOf } from '../../src/paging/page.js';

t.test('a page that holds all has no cursor; a longer list has one that leads on', async (t) => {
  t.strictSame(pageOf(['a', 'b'], 2, String), { items: ['a', 'b'] });
  const page = pageOf(['a', 'b', 'c'], 2, String);
  t.strictSame(page.items, ['a', 'b']);
  t.equal(nameCursor({ cursor: page.nextCursor ?? '' }), 'b');
  t.equal(numberCursor({ cursor: pageOf([12, 11, 10], 2, String).nextCursor ?? '' }), 11);
  t.equal(nameCursor({}), undefined);
});

t.test('a cursor that no page gave is refused', async (t) => {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const refused = { code: 'request_invalid', errors: [{ field: 'cursor' }] };
  for (const cursor of ['', '!', encode('A'), encode(''), encode('a\n'), `${encode('a')}=`, encode('a b')]) {
    t.throws(() => nameCursor({ cursor }), refused, cursor);
  }
  for (const cursor of ['', encode('0'), encode('-1'), encode('1.5'), encode('a'), encode('1'.repeat(11))]) {
    t.throws(() => numberCursor({ cursor }), refused, cursor);
  }
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      try {
        return Buffer.from(nameCursor({ cursor }) ?? '').toString('base64url') === cursor;
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'request_invalid';
      }
    }),
  );
});

t.test('a limit out of bounds is refused', async (t) => {
  t.equal(pageLimit({}), 100);
  t.equal(pageLimit({ limit: 1000 }), 1000);
  for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
    t.throws(() => pageLimit({ limit }), { code: 'request_invalid' }, String(limit));
  }
});
