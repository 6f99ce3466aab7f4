// @ts-check
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { fuzzTable } from './fuzzTable.mjs';
import { readOptions } from './readOptions.mjs';
import { runTarget } from './runTarget.mjs';
import { TARGETS } from './targets.mjs';

/**
 * The command: every target in turn, on cases drawn from one seed, until one of them shows something wrong.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code: 0 when nothing was found
 */
export async function fuzz(args) {
  const options = readOptions(args);
  say(`Seed ${options.seed}: --seed ${options.seed} draws the same cases again.`);
  const chosen = TARGETS.filter(({ name }) => options.targets.includes(name));
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  /** @type {import('./runTarget.mjs').Result[]} */
  const results = [];
  for (const { name, share } of chosen) {
    const cases = Math.ceil((options.cases * share) / shares);
    results.push(
      await step(
        `Fuzzing ${name}`,
        (progress) =>
          runTarget(name, { seed: options.seed, cases }, (tally) =>
            progress(`${tally.cases.toLocaleString('en')} of ${cases.toLocaleString('en')} cases`),
          ),
        ({ tally }) => `${tally.cases.toLocaleString('en')} cases`,
        ({ finding }) => finding === undefined,
      ),
    );
  }
  say(`\n${fuzzTable(results)}`);
  const found = results.flatMap(({ target, finding }) =>
    finding === undefined ? [] : [{ target, finding }],
  );
  for (const { target, finding } of found) say(`✗ ${target}: ${finding}`);
  const total = results.reduce((sum, { tally }) => sum + tally.cases, 0);
  say(
    `${total.toLocaleString('en')} cases, ${found.length === 0 ? 'nothing found' : `${found.length} findings`}.`,
  );
  return found.length === 0 ? 0 : 1;
}
