// @ts-check
import { step } from '../terminal/step.mjs';
import { askRegistry } from './askRegistry.mjs';
import { judgeInstallScripts } from './judgeInstallScripts.mjs';
import { judgeLicences } from './judgeLicences.mjs';
import { readDependencies } from './readDependencies.mjs';

/** @typedef {import('../check/countTests.mjs').TestCounts} TestCounts */

/**
 * The audit as three checks. A registry that does not answer leaves the third one skipped: that is no pass.
 *
 * @returns {Promise<TestCounts[]>}
 */
export async function checkSupplyChain() {
  const dependencies = await readDependencies();
  return [
    await check('Licences', async () => judgeLicences(dependencies).failures),
    await check('Install scripts', async () => (await judgeInstallScripts(dependencies)).failures),
    await checkVulnerabilities(),
  ];
}

/**
 * @param {string} title
 * @param {() => Promise<string[]>} judge gives what is wrong
 * @returns {Promise<TestCounts>}
 */
const check = (title, judge) =>
  step(
    title,
    async () => toCounts(title, await judge()),
    ({ failed }) => (failed ? 'failed' : 'passed'),
    ({ failed }) => failed === 0,
  );

/** @returns {Promise<TestCounts>} */
async function checkVulnerabilities() {
  const title = 'Known vulnerabilities';
  let told = '';
  return step(
    title,
    async () => {
      const answer = await askRegistry();
      if (answer.state === 'answered') return toCounts(title, answer.failures);
      told = `not checked, the registry does not tell: ${answer.reason}`;
      return { passed: 0, failed: 0, skipped: 1, failures: [] };
    },
    ({ failed }) => told || (failed ? 'failed' : 'passed'),
    ({ passed }) => passed === 1,
  );
}

/**
 * @param {string} title
 * @param {string[]} wrong
 * @returns {TestCounts}
 */
function toCounts(title, wrong) {
  const failures = wrong.map((each) => `${title}: ${each}`);
  return { passed: wrong.length === 0 ? 1 : 0, failed: wrong.length === 0 ? 0 : 1, skipped: 0, failures };
}
