import t from 'tap';
import { multiplyModel } from '../../src/engine/models/multiplyModel.js';
import { Tensor } from '../../src/engine/onnxRuntime.js';
import { openSessionCache } from '../../src/engine/sessionCache.js';
import { sessionOptions } from '../../src/engine/sessionOptions.js';

const OPTIONS = sessionOptions('cpu', 1);

function feeds(x: number, y: number) {
  const scalar = (value: number) => new Tensor('float64', Float64Array.of(value), [1, 1]);
  return { x: scalar(x), y: scalar(y) };
}

t.test('opens a session once per key, and again after it was evicted', async (t) => {
  const cache = openSessionCache(OPTIONS, 2);
  const opened: string[] = [];
  const run = async (key: string) => {
    const model = () => {
      opened.push(key);
      return multiplyModel();
    };
    const product = await cache.run(key, model, feeds(2, 5), 'product');
    t.equal(product.data[0], 10);
  };
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await run(key);
  t.strictSame(opened, ['a', 'b', 'c', 'b'], 'the least recently used one went');
  await cache.close();
});

t.test('a session in use is not evicted', async (t) => {
  const cache = openSessionCache(OPTIONS, 1);
  const products = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((x) => cache.run(`key ${x % 3}`, multiplyModel, feeds(x, 10), 'product')),
  );
  t.strictSame(
    products.map((product) => product.data[0]),
    [10, 20, 30, 40, 50, 60],
  );
  await cache.close();
});

t.test('a model that cannot be opened fails its run and is tried afresh', async (t) => {
  const cache = openSessionCache(OPTIONS);
  await t.rejects(cache.run('k', () => Uint8Array.of(1, 2, 3), feeds(1, 1), 'product'));
  const product = await cache.run('k', multiplyModel, feeds(3, 3), 'product');
  t.equal(product.data[0], 9);
  await cache.close();
});

t.test('a run whose inputs do not fit leaves the session usable', async (t) => {
  const cache = openSessionCache(OPTIONS);
  const wide = new Tensor('float64', new Float64Array(2), [1, 2]);
  await t.rejects(cache.run('k', multiplyModel, { ...feeds(1, 1), x: wide }, 'product'));
  const product = await cache.run('k', multiplyModel, feeds(3, 3), 'product');
  t.equal(product.data[0], 9);
  await cache.close();
});
