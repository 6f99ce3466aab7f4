import t from 'tap';
import { readAhead } from '../../src/aggregation/readAhead.js';

t.test('yields in order, and reads one item ahead of the reader but no further', async (t) => {
  const started: number[] = [];
  const seen: [number, number[]][] = [];
  const read = async (item: number) => {
    started.push(item);
    return item * 10;
  };
  for await (const value of readAhead([1, 2, 3, 4], read)) seen.push([value, [...started]]);
  t.strictSame(seen, [
    [10, [1, 2]],
    [20, [1, 2, 3]],
    [30, [1, 2, 3, 4]],
    [40, [1, 2, 3, 4]],
  ]);
});

t.test('a read that fails ahead of time is reported when its turn comes', async (t) => {
  const values: number[] = [];
  const reading = async () => {
    const read = async (item: number) => {
      if (item === 2) throw new Error('item 2');
      return item;
    };
    for await (const value of readAhead([1, 2, 3], read)) {
      values.push(value);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await t.rejects(reading(), /item 2/);
  t.strictSame(values, [1]);
});

t.test('a reader that stops early leaves no unhandled failure behind', async (t) => {
  const read = async (item: number) => {
    if (item === 2) throw new Error('item 2');
    return item;
  };
  for await (const value of readAhead([1, 2], read)) {
    t.equal(value, 1);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
});

t.test('no items, no reads', async (t) => {
  for await (const _ of readAhead([], () => t.fail('read') as never)) t.fail('yielded');
});
