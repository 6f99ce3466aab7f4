import t from 'tap';
import { matchesTag } from '../../src/files/matchesTag.js';

t.test('finds the tag in a list, weak or strong, and behind a star', async (t) => {
  for (const header of ['"abc"', 'W/"abc"', '"x", "abc"', '"x",W/"abc" ,"y"', '*']) {
    t.ok(matchesTag(header, '"abc"'), header);
  }
});

t.test('does not find another one', async (t) => {
  for (const header of [undefined, '', '"abcd"', 'abc', '"x", "y"']) {
    t.notOk(matchesTag(header, '"abc"'), String(header));
  }
});
