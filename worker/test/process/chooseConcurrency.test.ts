import t from 'tap';
import { chooseConcurrency } from '../../src/process/chooseConcurrency.js';

t.test('one child with one thread per core, up to a cap', async (t) => {
  t.strictSame(chooseConcurrency('cpu', 1), { children: 1, threads: 1 });
  t.strictSame(chooseConcurrency('cpu', 2), { children: 2, threads: 1 });
  t.strictSame(chooseConcurrency('cpu', 64), { children: 8, threads: 8 });
});

t.test('two children share a GPU', async (t) => {
  t.equal(chooseConcurrency('cuda', 16).children, 2);
  t.equal(chooseConcurrency('cuda', 1).children, 1);
});

t.test('the number asked for is heeded, and every child gets a thread', async (t) => {
  t.strictSame(chooseConcurrency('cpu', 8, 2), { children: 2, threads: 4 });
  t.strictSame(chooseConcurrency('cpu', 2, 5), { children: 5, threads: 1 });
});
