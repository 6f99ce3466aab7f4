import { chdir, cwd } from 'node:process';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { openBlobs } from '../../src/blobs/openBlobs.js';

t.test('opens a folder by an absolute URL, with escaped characters', async (t) => {
  const root = `${t.testdir()}/my blobs#1`;
  const blobs = await openBlobs(pathToFileURL(root).href);
  await blobs.write('a', Buffer.from('x'));
  const short = await openBlobs(`file:${root.replace(' ', '%20').replace('#', '%23')}`);
  t.match(await short.stat('a'), { bytes: 1 });
});

t.test('a relative path counts from the working directory', async (t) => {
  const root = t.testdir({ data: {} });
  const before = cwd();
  chdir(root);
  t.teardown(() => chdir(before));
  await (await openBlobs('file:data/blobs')).write('a', Buffer.from('x'));
  t.match(await (await openBlobs(pathToFileURL(`${root}/data/blobs`).href)).stat('a'), { bytes: 1 });
});

t.test('says in one line which places it cannot use', async (t) => {
  await t.rejects(openBlobs('ftp://x'), {
    message: 'FLORIST_BLOB_URL ftp://x: give a file: URL of a folder',
  });
  await t.rejects(openBlobs('file://elsewhere/x'), {
    message: /^FLORIST_BLOB_URL file:\/\/elsewhere\/x: \S/,
  });
  const { href } = pathToFileURL(`${t.testdir({ taken: '' })}/taken`);
  await t.rejects(openBlobs(href), { code: 'ENOTDIR', message: /^FLORIST_BLOB_URL file:\S+taken: ENOTDIR/ });
});
