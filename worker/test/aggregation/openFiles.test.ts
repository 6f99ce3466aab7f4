import { readdir, readlink } from 'node:fs/promises';
import { folderBlobs } from '@florist/storage/blobs/folderBlobs';
import t from 'tap';
import { openFiles } from '../../src/aggregation/openFiles.js';

/** Files below `root` that this process has open. */
async function filesOpen(root: string): Promise<string[]> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((path) => path.startsWith(root));
}

t.test('a file is opened once for all its reads, and closed in the end', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root);
  await blobs.write('a', Uint8Array.of(1, 2, 3, 4));
  const files = openFiles(blobs);
  const targets = [new Uint8Array(2), new Uint8Array(2), new Uint8Array(4)];
  await Promise.all(targets.map((target, at) => files.readInto('a', target, at % 2)));
  t.strictSame(
    targets.map((target) => [...target]),
    [
      [1, 2],
      [2, 3],
      [1, 2, 3, 4],
    ],
  );
  t.equal((await filesOpen(root)).length, 1);
  await files.close();
  t.strictSame(await filesOpen(root), []);
});

t.test('files beyond those that are kept open are read as well', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root);
  const count = 70;
  for (let i = 0; i < count; i++) await blobs.write(`f${i}`, Uint8Array.of(i));
  const files = openFiles(blobs);
  for (let i = 0; i < count; i++) {
    const target = new Uint8Array(1);
    await files.readInto(`f${i}`, target, 0);
    t.equal(target[0], i);
  }
  t.equal((await filesOpen(root)).length, 64);
  await files.close();
  t.strictSame(await filesOpen(root), []);
});

t.test('one that is missing is told by name, and the others are closed all the same', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root);
  await blobs.write('a', Uint8Array.of(1));
  const files = openFiles(blobs);
  await files.readInto('a', new Uint8Array(1), 0);
  await t.rejects(files.readInto('gone', new Uint8Array(1), 0), { name: 'BlobMissing', message: /gone/ });
  await t.rejects(files.readInto('a', new Uint8Array(2), 0), { name: 'RangeError' });
  await files.close();
  t.strictSame(await filesOpen(root), []);
});

t.test('who reads on after the files were closed is refused, and leaves none open', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root);
  for (const name of ['a', 'b']) await blobs.write(name, Uint8Array.of(1));
  const files = openFiles(blobs);
  const reading = files.readInto('a', new Uint8Array(1), 0).catch(() => {});
  const closing = files.close();
  await t.rejects(files.readInto('b', new Uint8Array(1), 0), { message: /the files are closed/ });
  await Promise.all([reading, closing]);
  t.strictSame(await filesOpen(root), []);
});
