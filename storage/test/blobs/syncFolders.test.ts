import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type DurableNames, syncFolders } from '../../src/blobs/syncFolders.js';

t.test('every folder up to the root is synced once, and again when it is another', async (t) => {
  const root = t.testdir({});
  const leaf = join(root, 'a', 'b', 'c');
  mkdirSync(leaf, { recursive: true });
  const durable: DurableNames = new Map();
  t.equal(await syncFolders(leaf, root, durable), 4, 'nothing was known');
  t.equal(await syncFolders(leaf, root, durable), 1, 'what is in a folder is new each time');
  const sibling = join(root, 'a', 'b', 'd');
  mkdirSync(sibling);
  t.equal(await syncFolders(sibling, root, durable), 2, 'its own name is new, those above are known');
  rmSync(join(root, 'a', 'b'), { recursive: true });
  mkdirSync(leaf, { recursive: true });
  t.equal(await syncFolders(leaf, root, durable), 3, 'made anew below a');
});

t.test('without anything known all are synced each time', async (t) => {
  const root = t.testdir({ a: {} });
  t.equal(await syncFolders(join(root, 'a'), root), 2);
  t.equal(await syncFolders(join(root, 'a'), root), 2);
});

t.test('a folder that was removed meanwhile is no failure', async (t) => {
  const root = t.testdir({ a: {} });
  t.equal(await syncFolders(join(root, 'a', 'gone'), root, new Map()), 3);
});
