import t from 'tap';
import { chooseConcurrency } from '../../src/process/chooseConcurrency.js';

t.test('at most two children, which share the cores', async (t) => {
  t.strictSame(chooseConcurrency(1), { children: 1, threads: 1 });
  t.strictSame(chooseConcurrency(2), { children: 2, threads: 1 });
  t.strictSame(chooseConcurrency(16), { children: 2, threads: 8 });
});

t.test('the number asked for is heeded, and every child gets a thread', async (t) => {
  t.strictSame(chooseConcurrency(8, 4), { children: 4, threads: 2 });
  t.strictSame(chooseConcurrency(2, 5), { children: 5, threads: 1 });
});
