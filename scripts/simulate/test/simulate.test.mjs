// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { boundOf } from '../boundOf.mjs';
import { combine, distance } from '../dense.mjs';
import { updateOf } from '../makeSubmission.mjs';
import { readOptions } from '../readOptions.mjs';
import { weighDensely } from '../weighDensely.mjs';

t.test('options have defaults and bounds, and say what they are', async (t) => {
  t.match(readOptions([]), {
    clients: 1000,
    rounds: 20,
    cohort: 100,
    policies: ['none', 'clip', 'multi-krum'],
  });
  t.match(readOptions(['--clients', '30', '--policies', 'clip']), { cohort: 30, policies: ['clip'] });
  t.throws(() => readOptions(['--clients', '0']), /--clients 0 is not a whole number/);
  t.throws(() => readOptions(['--dropout', '0.6', '--late', '0.6']), /more than all/);
  t.throws(() => readOptions(['--policies', 'median']), /no policy median/);
});

t.test(
  'the oracle keeps malicious clients within the bounds, and sees what they do without a policy',
  async (t) => {
    const person = (/** @type {number} */ number) => ({ name: `c${number}`, number, rank: 2, examples: 10 });
    const people = Array.from({ length: 12 }, (_, number) => person(number));
    const evil = people.map((each, at) =>
      at === 5 ? { ...each, misconduct: /** @type {const} */ ('scaled') } : each,
    );
    const updates = evil.map((each) => updateOf(each, 7));
    const honest = evil.map((_, at) => at !== 5);
    const honestMean = combine(
      updates,
      honest.map((is) => (is ? 1 / 11 : 0)),
    );
    const moved = (/** @type {'none' | 'clip' | 'multi-krum'} */ policy) => {
      const weighed = weighDensely(
        policy,
        1,
        updates,
        people.map(({ examples }) => examples),
      );
      const far = distance(combine(updates, weighed.weights), honestMean);
      return { far, bound: boundOf(policy, 1, updates, honest, honestMean, weighed) };
    };
    const without = moved('none').far;
    for (const policy of /** @type {const} */ (['clip', 'multi-krum'])) {
      const { far, bound } = moved(policy);
      t.ok(far <= bound, `${policy}: ${far} of ${bound}`);
      t.ok(far < without / 20, `and ${without} without it`);
    }
  },
);

t.test('a short simulation ends well', { timeout: 120_000 }, async (t) => {
  const args = ['--clients', '60', '--rounds', '2', '--cohort', '40', '--policies', 'multi-krum'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inRoot('scripts', 'simulate.mjs'), ...args],
    {
      env: { ...process.env, ...cleanEnvironment() },
    },
  );
  t.match(stdout, /Everything is as it should be\./);
});
