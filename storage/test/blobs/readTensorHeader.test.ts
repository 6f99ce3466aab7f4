import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import t from 'tap';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { readTensorHeader } from '../../src/blobs/readTensorHeader.js';

const blobs = await folderBlobs(t.testdir({}), { reserveBytes: 0 });

function fileOf(tensors: number): Buffer {
  const shape = [1, 2];
  const entries = Array.from({ length: tensors }, (_, i) => ({ name: `tensor ${i}`, dtype: 'F32', shape }));
  return Buffer.concat([encodeHeader(entries), Buffer.alloc(8 * tensors)]);
}

t.test('reads headers of any length', async (t) => {
  for (const tensors of [0, 1, 3000]) {
    const file = fileOf(tensors);
    await blobs.write('a/adapter.safetensors', file);
    const header = await readTensorHeader(blobs, 'a/adapter.safetensors');
    t.equal(header.tensors.length, tensors);
    t.equal(header.fileBytes, file.byteLength);
  }
});

t.test('a missing file is a fault', async (t) => {
  await t.rejects(readTensorHeader(blobs, 'a/nothing'), { name: 'BlobMissing' });
});
