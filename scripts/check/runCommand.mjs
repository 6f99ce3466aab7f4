// @ts-check

import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { run } from '../processes/run.mjs';
import { step } from '../terminal/step.mjs';

/** @typedef {import('./countTests.mjs').TestCounts} TestCounts */

/**
 * A check that a command passes or fails as a whole, and whose output matters only when it fails.
 *
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<TestCounts>} one passed or one failed
 */
export async function runCommand(title, command, args) {
  return step(
    title,
    async () => {
      const { code, output } = await run(command, args, { env: cleanEnvironment() });
      const failures = code === 0 ? [] : [`${title}: ended with code ${code}\n${output.trimEnd()}`];
      return { passed: Number(code === 0), failed: failures.length, skipped: 0, failures };
    },
    ({ failed }) => (failed ? 'failed' : 'passed'),
    ({ failed }) => failed === 0,
  );
}
