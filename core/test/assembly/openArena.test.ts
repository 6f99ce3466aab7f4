import fc from 'fast-check';
import t from 'tap';
import { openArena } from '../../src/assembly/openArena.js';

t.test('an arena holds what is placed in it, side by side, and no more than it was made for', async (t) => {
  const arena = openArena(5);
  const first = arena.place(Float64Array.of(1, 2, 3));
  const indices = arena.indices(1);
  indices[0] = 7;
  const last = arena.floats(1);
  last[0] = 4;
  t.strictSame([...first, ...indices, ...last], [1, 2, 3, 7, 4]);
  t.throws(() => arena.floats(1), /an arena of 5 numbers has no room/);
  arena.release();
});

t.test('memory is used again, but never by two at once', async (t) => {
  const one = openArena(100);
  const other = openArena(100);
  const [ofOne, ofOther] = [one.place(new Float64Array(100).fill(1)), other.place(new Float64Array(100))];
  t.not(ofOne.buffer, ofOther.buffer);
  one.scale(ofOne.byteOffset, 3, 100);
  t.ok(ofOne.every((x) => x === 3) && ofOther.every((x) => x === 0));
  one.release();
  const next = openArena(10);
  t.equal(next.floats(10).buffer, ofOne.buffer);
  next.release();
  other.release();
});

t.test('a large memory is not kept', async (t) => {
  const large = openArena(2 ** 22);
  const { buffer } = large.floats(1);
  large.release();
  const next = openArena(10);
  t.not(next.floats(1).buffer, buffer);
  next.release();
});

t.test('every element counts for the largest, whatever the length, and NaN stays NaN', async () => {
  const values = fc.array(fc.double({ noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(values, fc.nat(), (list, at) => {
      const arena = openArena(2 * list.length);
      const x = arena.place(Float64Array.from(list));
      const broken = arena.place(Float64Array.from(list));
      const most = list.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const found = arena.largest(x.byteOffset, list.length) === most;
      if (list.length > 0) broken[at % list.length] = Number.NaN;
      const poisoned = Number.isNaN(arena.largest(broken.byteOffset, list.length));
      arena.release();
      return found && (poisoned || list.length === 0);
    }),
    { numRuns: 200 },
  );
});

t.test('elements are scaled up to the last, and none beyond', async (t) => {
  for (let length = 0; length < 12; length++) {
    const arena = openArena(13);
    const x = arena.place(Float64Array.from({ length: 13 }, (_, i) => i + 1));
    arena.scale(x.byteOffset, 0.5, length);
    t.strictSame(
      [...x],
      Array.from({ length: 13 }, (_, i) => (i < length ? 0.5 : 1) * (i + 1)),
    );
    arena.release();
  }
});
