import t from 'tap';
import { formatSpan } from '../../src/rounds/formatSpan.js';

t.test('spans are told in the units they are made of', async (t) => {
  t.equal(formatSpan(3600), '1 h');
  t.equal(formatSpan(45), '45 s');
  t.equal(formatSpan(5400), '1 h 30 min');
  t.equal(formatSpan(90_061), '1 d 1 h 1 min 1 s');
  t.equal(formatSpan(0), '0 s');
});
