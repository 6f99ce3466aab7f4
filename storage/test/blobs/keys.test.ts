import t from 'tap';
import { checkKey, checkPrefix } from '../../src/blobs/checkKey.js';
import {
  ADAPTER_FILE,
  adapterFolder,
  federationFolder,
  partKey,
  partsFolder,
  submissionFolder,
} from '../../src/blobs/keys.js';

const longest = 'a'.repeat(63);
const ref = { federation: longest, round: 999_999_999, adapter: 'a999999999', attempt: 999_999_999 };

t.test('the longest names there can be make keys that are allowed', async (t) => {
  const folders = [
    federationFolder(longest),
    submissionFolder(longest, ref.round, longest, '123e4567-e89b-12d3-a456-426614174000'),
    adapterFolder(ref),
    partsFolder(ref),
  ];
  for (const folder of folders) {
    t.ok(folder.startsWith(federationFolder(longest)));
    checkPrefix(folder);
    checkKey(folder + ADAPTER_FILE);
  }
  checkKey(partKey(ref, 'aggregate', 63, 'json'));
});

t.test('no two attempts, phases or parts share a key', async (t) => {
  const keys = [1, 2].flatMap((attempt) =>
    (['aggregate', 'measure', 'project'] as const).flatMap((phase) =>
      [0, 1].flatMap((index) =>
        (['bin', 'json'] as const).map((end) => partKey({ ...ref, attempt }, phase, index, end)),
      ),
    ),
  );
  t.equal(new Set(keys).size, keys.length);
  t.not(adapterFolder(ref), adapterFolder({ ...ref, attempt: 1 }));
});
