// @ts-check
import t from 'tap';
import { readOptions } from '../readOptions.mjs';
import { writeConfig } from '../writeConfig.mjs';

const SEEDS = {
  ...{ federations: ['alpha'], doomed: ['doomed-0'], clients: ['north'], rounds: ['1'], adapters: ['a1'] },
  ...{ webhooks: ['wh-0123456789abcdef'], clientToken: 'of-a-client', files: '/golden' },
};

t.test('options have defaults and bounds, and say what they are', async (t) => {
  t.match(readOptions(['--seed', '4']), { examples: 50, seconds: 600, seed: 4 });
  t.throws(() => readOptions(['--examples', '0']), /--examples 0 is not a whole number/);
});

t.test('every check is on, and operations are called as the document says', async (t) => {
  const plain = { streams: false, waits: false, forClients: false };
  const text = writeConfig(
    SEEDS,
    [
      { ...plain, id: 'getThing', method: 'get' },
      { ...plain, id: 'deleteThing', method: 'delete' },
      { ...plain, id: 'followThings', method: 'get', streams: true },
      { ...plain, id: 'awaitThing', method: 'get', waits: true, forClients: true },
    ],
    'of-the-operator',
    '/hooks.py',
  );
  t.notMatch(text, /enabled = false|exclude/);
  t.match(text, /bearer = \{ bearer = "of-the-operator" \}/);
  t.notMatch(text, /getThing/, 'what is not special has no entry');
  const entry = (/** @type {string} */ id) => text.split('[[operations]]').find((part) => part.includes(id));
  t.match(entry('deleteThing'), /"path\.federation" = \{ dictionary = "doomed"/);
  t.match(entry('followThings'), /max-stream-events = \d/);
  t.match(entry('awaitThing'), /Authorization = "Bearer of-a-client"[\s\S]*"query\.waitSeconds"/);
});
