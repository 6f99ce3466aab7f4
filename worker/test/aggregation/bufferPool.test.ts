import t from 'tap';
import { bufferPool } from '../../src/aggregation/bufferPool.js';

t.test('a buffer that was given back serves what it is not far too large for', (t) => {
  const pool = bufferPool();
  const first = pool.take(100);
  t.equal(first.byteLength, 100);
  t.not(pool.take(100), first, 'one that is in use serves nobody else');
  pool.give(first);
  t.equal(pool.take(101).byteLength, 101, 'too small');
  t.equal(pool.take(49).byteLength, 49, 'far too large');
  t.equal(pool.take(50), first);
  t.end();
});

t.test('it keeps no more than a few', (t) => {
  const pool = bufferPool();
  const given = Array.from({ length: 6 }, () => new ArrayBuffer(8));
  for (const buffer of given) pool.give(buffer);
  const taken = given.map(() => pool.take(8));
  t.equal(taken.filter((buffer) => given.includes(buffer)).length, 4);
  t.end();
});
