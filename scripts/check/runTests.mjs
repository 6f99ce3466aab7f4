// @ts-check

import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { run } from '../processes/run.mjs';
import { step } from '../terminal/step.mjs';
import { countTests } from './countTests.mjs';

/**
 * Runs tests that report in TAP and counts them as they pass.
 *
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<import('./countTests.mjs').TestCounts>}
 */
export async function runTests(title, command, args) {
  return step(
    title,
    async (progress) => {
      const counter = countTests(({ passed, failed }) => progress(`${passed} passed, ${failed} failed`));
      const { code, output } = await run(command, args, {
        env: cleanEnvironment(),
        onStdout: (chunk) => counter.write(chunk),
      });
      const counts = counter.end(code);
      if (counts.failed > 0 && counts.passed === 0) counts.failures.push(output.slice(-OUTPUT_MAX));
      return counts;
    },
    ({ passed, failed }) => `${passed} passed, ${failed} failed`,
    ({ failed }) => failed === 0,
  );
}

/** How much of the output of a run in which nothing passed is shown, in characters: the end says why. */
const OUTPUT_MAX = 4000;
