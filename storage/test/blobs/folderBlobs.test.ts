import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, statfs, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Outage } from '@florist/core/errors/outage';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { BlobMissing } from '../../src/blobs/blobMissing.js';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { smallDisk } from '../fixtures/smallDisk.js';

const open = (t: Test) => folderBlobs(t.testdir(), { reserveBytes: 0 });

const MIB = 1024 ** 2;

async function keysBelow(blobs: { list(prefix: string): AsyncIterable<string> }, prefix: string) {
  const keys: string[] = [];
  for await (const key of blobs.list(prefix)) keys.push(key);
  return keys;
}

t.test('a draft is seen only once committed, and then whole', async (t) => {
  const blobs = await open(t);
  const draft = await blobs.begin();
  await draft.write(Buffer.from('hello '));
  await draft.write(Buffer.from('world'));
  t.equal(draft.bytes, 11);
  t.equal(await blobs.stat('a/b.txt'), undefined);
  await draft.commit('a/b.txt');
  t.match(await blobs.stat('a/b.txt'), { bytes: 11 });
  t.equal((await blobs.read('a/b.txt', 0, 11)).toString(), 'hello world');
  await t.rejects(draft.write(Buffer.from('!')), { message: 'The draft has ended.' });
  await draft.abort();
  t.match(await blobs.stat('a/b.txt'), { bytes: 11 });
});

t.test('an aborted draft leaves nothing', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const draft = await blobs.begin();
  await draft.write(Buffer.from('x'));
  await draft.abort();
  t.strictSame(await readdir(join(root, 'tmp')), []);
  await t.rejects(draft.commit('a'), { message: 'The draft has ended.' });
});

t.test('what may only be written beside other files makes no folder', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await blobs.write('a/b.txt', Buffer.from('b'));
  await blobs.write('a/c.txt', Buffer.from('c'), { beside: true });
  await blobs.write('d/e.txt', Buffer.from('e'), { beside: true });
  await blobs.removeFolder('a/');
  await blobs.write('a/c.txt', Buffer.from('c'), { beside: true });
  t.strictSame(await readdir(root), ['tmp']);
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('a source that breaks off leaves nothing', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const source = (async function* () {
    yield Buffer.from('half');
    throw new Error('the line went dead');
  })();
  await t.rejects(blobs.write('a', source), { message: 'the line went dead' });
  t.equal(await blobs.stat('a'), undefined);
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('a commit replaces what was there at once: a reader sees the one or the other', async (t) => {
  const blobs = await open(t);
  const bytes = 300_000;
  await blobs.write('x', new Uint8Array(bytes).fill(1));
  let writing = true;
  const writer = (async () => {
    for (let round = 2; round < 40; round++) await blobs.write('x', new Uint8Array(bytes).fill(round));
    writing = false;
  })();
  let reads = 0;
  while (writing) {
    const seen = await buffer(await blobs.stream('x'));
    if (seen.length !== bytes || !seen.every((byte) => byte === seen[0])) t.fail('a torn blob was read');
    reads++;
  }
  await writer;
  t.ok(reads > 0);
});

t.test('files that are committed together are all there, or their drafts are gone', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const draft = await blobs.begin();
  await draft.write(Buffer.from('large'));
  await blobs.commitAll('a/b/', { large: draft, small: Buffer.from('small') });
  for (const name of ['large', 'small']) {
    t.equal((await buffer(await blobs.stream(`a/b/${name}`))).toString(), name);
  }
  const other = await blobs.begin();
  await t.rejects(blobs.commitAll('a/c/', { other, '../x': Buffer.from('x') }), /is not a blob key/);
  await t.rejects(blobs.commitAll('a/c', { other }), /is not a blob prefix/);
  await t.rejects(other.write(Buffer.from('more')), { message: 'The draft has ended.' });
  t.strictSame(await readdir(join(root, 'tmp')), []);
  t.strictSame(await keysBelow(blobs, 'a/c/'), []);
});

t.test('a draft that the disk begins with while it is written is whole', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const content = Buffer.alloc(20 * 1024 * 1024, 'florist');
  const draft = await blobs.begin(content.byteLength);
  for (let at = 0; at < content.byteLength; at += 3_000_000) {
    await draft.write(content.subarray(at, at + 3_000_000));
  }
  await draft.commit('large');
  t.ok(content.equals(await blobs.read('large', 0, content.byteLength)));
  const given = await blobs.begin();
  await given.write(content);
  await given.abort();
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('every range reads exactly its bytes', async (t) => {
  const blobs = await open(t);
  const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  await blobs.write('r', content);
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.nat(1000), async (a, b) => {
      const [begin, end] = [Math.min(a, b), Math.max(a, b)];
      const wanted = content.subarray(begin, end);
      const target = new Uint8Array(end - begin);
      await blobs.readInto('r', target, begin);
      const streamed = end > begin ? await buffer(await blobs.stream('r', { begin, end })) : wanted;
      const read = await blobs.read('r', begin, end);
      return wanted.equals(read) && wanted.equals(target) && wanted.equals(streamed) && read.byteOffset === 0;
    }),
    { numRuns: 60 },
  );
});

t.test('a range past the end or the wrong way round is an error', async (t) => {
  const blobs = await open(t);
  await blobs.write('r', Buffer.from('0123456789'));
  await t.rejects(blobs.read('r', 5, 11), { name: 'RangeError', message: 'r ends before byte 11.' });
  await t.rejects(blobs.read('r', 5, 4), RangeError);
  await t.rejects(blobs.read('r', -1, 4), RangeError);
  await t.rejects(blobs.stream('r', { begin: 4, end: 4 }), RangeError);
});

t.test('a missing blob is a fault that names its key', async (t) => {
  const blobs = await open(t);
  await blobs.write('a/b', Buffer.from('x'));
  for (const key of ['none', 'a/none', 'a/b/none', 'none/none']) {
    await t.rejects(blobs.read(key, 0, 1), new BlobMissing(key), key);
    await t.rejects(blobs.stream(key), new BlobMissing(key), key);
    t.equal(await blobs.stat(key), undefined, key);
  }
  t.equal(await blobs.stat('a'), undefined, 'a folder is no blob');
});

t.test('no key leads out of the folder or among the drafts', async (t) => {
  const blobs = await open(t);
  const hostile = [
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    'a/',
    '/a',
    'a/./b',
    'a\\b',
    'a b',
    'a\0b',
    'ä',
    '%2e%2e/x',
    'tmp',
    'tmp/x',
    'a'.repeat(201),
    `${'a/'.repeat(600)}a`,
  ];
  for (const key of hostile) {
    const refused = { message: /is not a blob key|where drafts are kept/ };
    await t.rejects(blobs.write(key, Buffer.from('x')), refused, key);
    await t.rejects(blobs.read(key, 0, 1), refused, key);
    await t.rejects(blobs.stream(key), refused, key);
    await t.rejects(blobs.stat(key), refused, key);
    await t.rejects(blobs.remove(key), refused, key);
    await t.rejects(blobs.removeFolder(`${key}/`), refused, key);
    const draft = await blobs.begin();
    await t.rejects(draft.commit(key), refused, key);
    await draft.abort();
  }
  await t.rejects(blobs.removeFolder('a'), { message: '"a" is not a blob prefix.' });
  await t.rejects(keysBelow(blobs, 'a'), { message: '"a" is not a blob prefix.' });
});

t.test('lists keys in the order of an object store, and removes one or a folder', async (t) => {
  const blobs = await open(t);
  const keys = ['f/a/1', 'f/a-b', 'f/a.txt', 'f/a/2/x', 'f/b', 'g/a'];
  for (const key of keys) await blobs.write(key, Buffer.from(key));
  t.strictSame(await keysBelow(blobs, 'f/'), ['f/a-b', 'f/a.txt', 'f/a/1', 'f/a/2/x', 'f/b']);
  await blobs.remove('f/b');
  await blobs.remove('f/b');
  await blobs.removeFolder('f/a/');
  await blobs.removeFolder('f/a/');
  t.strictSame(await keysBelow(blobs, 'f/'), ['f/a-b', 'f/a.txt']);
  t.strictSame(await keysBelow(blobs, 'g/'), ['g/a']);
  t.strictSame(await keysBelow(blobs, 'none/'), []);
});

t.test('commits and the removal of their folder may cross', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  let writing = true;
  const removers = Array.from({ length: 3 }, async () => {
    while (writing) {
      await blobs.removeFolder('f/');
      await setTimeout(1);
    }
  });
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let index = 0; index < 60; index++) {
      await blobs.write(`f/rounds/${writer}/${index}`, Buffer.from(`${writer} ${index}`));
    }
  });
  await Promise.all(writers).finally(() => {
    writing = false;
  });
  await Promise.all(removers);
  for (const key of await keysBelow(blobs, 'f/')) {
    const [, , writer, index] = key.split('/');
    t.equal((await buffer(await blobs.stream(key))).toString(), `${writer} ${index}`);
  }
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('kill -9 in the middle leaves every committed blob whole and nothing else visible', async (t) => {
  const root = t.testdir();
  const fixture = fileURLToPath(new URL('../fixtures/endlessDraft.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import=tsx', fixture, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > 30) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const committed = output.split('\n').slice(0, -1);
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  t.ok(committed.length >= 30);
  for (const index of committed) {
    const seen = await blobs.read(`many/${index}/blob.bin`, 0, 200_000);
    t.ok(seen.every((byte) => byte === Number(index) % 251));
  }
  for (const key of await keysBelow(blobs, 'many/')) t.match(await blobs.stat(key), { bytes: 200_000 });
  t.ok((await readdir(join(root, 'tmp'))).length >= 1, 'the open draft was left behind');
  t.equal(await blobs.sweepDrafts(), 0, 'a young draft may still be in use');
});

t.test('drafts older than a day are swept', async (t) => {
  const root = t.testdir({ tmp: { old: 'x', young: 'x', removed: { file: 'x' } } });
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const name of ['old', 'removed']) await utimes(join(root, 'tmp', name), yesterday, yesterday);
  t.equal(await blobs.sweepDrafts(), 2);
  t.strictSame(await readdir(join(root, 'tmp')), ['young']);
});

t.test('refuses early when the disk has less than the reserve', async (t) => {
  const root = t.testdir();
  const full = new Outage('storage_full', '');
  const none = await folderBlobs(root, { reserveBytes: Number.MAX_SAFE_INTEGER });
  await t.rejects(none.begin(), { code: full.code });
  await t.rejects(none.check(), { code: full.code });
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await t.rejects(blobs.begin(Number.MAX_SAFE_INTEGER), { code: full.code });
  await blobs.check();
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('a disk that fills up refuses with storage_full and frees the draft', async (t) => {
  const root = await smallDisk(t, '256k');
  if (root === undefined) return;
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  const draft = await blobs.begin();
  const fill = async () => {
    for (;;) await draft.write(new Uint8Array(64 * 1024));
  };
  await t.rejects(fill(), { code: 'storage_full' });
  t.strictSame(await readdir(join(root, 'tmp')), []);
  await blobs.write('small', new Uint8Array(1024));
  t.match(await blobs.stat('small'), { bytes: 1024 });
});

t.test('a draft that was announced as small leaves the reserve alone', async (t) => {
  const root = await smallDisk(t, '64m');
  if (root === undefined) return;
  const blobs = await folderBlobs(root, { reserveBytes: 32 * MIB });
  const draft = await blobs.begin();
  const fill = async () => {
    for (;;) await draft.write(new Uint8Array(MIB));
  };
  await t.rejects(fill(), { code: 'storage_full' });
  t.ok(draft.bytes < 36 * MIB, `${draft.bytes} bytes were written`);
  t.strictSame(await readdir(join(root, 'tmp')), []);
  await blobs.write('receipt', new Uint8Array(48 * MIB), { intoReserve: true });
  t.match(await blobs.stat('receipt'), { bytes: 48 * MIB }, 'what is the ledger’s own may use it');
});

t.test('a folder that cannot be written fails the check', async (t) => {
  const root = t.testdir();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await rm(join(root, 'tmp'), { recursive: true });
  await writeFile(join(root, 'tmp'), 'not a folder');
  await t.rejects(blobs.check(), { code: 'ENOTDIR' });
});

t.test('tells the room on the disk as the file system has it', async (t) => {
  const root = t.testdir();
  const space = await (await folderBlobs(root)).space();
  const { blocks, bsize } = await statfs(root);
  t.equal(space?.totalBytes, blocks * bsize);
  t.ok(space && space.freeBytes > 0 && space.freeBytes <= space.totalBytes);
});

t.test('folders that nothing is left in go with the last of it', async (t) => {
  const root = t.testdir({});
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await blobs.write('a/b/c/one.bin', Buffer.from('1'));
  await blobs.write('a/b/two.bin', Buffer.from('2'));
  await blobs.removeFolder('a/b/c/');
  t.strictSame(await readdir(`${root}/a/b`), ['two.bin']);
  await blobs.remove('a/b/two.bin');
  t.strictSame((await readdir(root)).sort(), ['tmp']);
  await blobs.remove('a/b/two.bin');
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const key = `race/${index % 3}/x/${index}.bin`;
      await blobs.write(key, Buffer.from('x'));
      await blobs.remove(key);
    }),
  );
  t.strictSame((await readdir(root)).sort(), ['tmp']);
});
