import t from 'tap';
import { contentDigest } from '../../src/uploads/contentDigest.js';

const content = { sha256: 'ab'.repeat(32), config: '{"r":4}', numExamples: 12 };

t.test('depends on all three parts and on nothing else', async (t) => {
  const digest = contentDigest(content);
  t.match(digest, /^[0-9a-f]{64}$/);
  t.equal(contentDigest({ ...content }), digest);
  t.not(contentDigest({ ...content, sha256: 'cd'.repeat(32) }), digest);
  t.not(contentDigest({ ...content, config: '{"r":5}' }), digest);
  t.not(contentDigest({ ...content, numExamples: 1 }), digest);
});
