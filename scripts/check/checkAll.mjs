// @ts-check

import { ensureSchemathesis } from '../conformance/ensureSchemathesis.mjs';
import { SHORT } from '../conformance/readOptions.mjs';
import { ensureBrowser } from '../install/ensureBrowser.mjs';
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { ensurePython } from '../interop/ensurePython.mjs';
import { inRoot } from '../processes/root.mjs';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** @typedef {import('./countTests.mjs').TestCounts} TestCounts */

/** Tasks that turbo runs at once: each is a compiler that fills a core. */
const TURBO_CONCURRENCY = '2';

/** TypeScript's compiler in native code; the one in JavaScript stays for what builds on its API. */
const NATIVE_COMPILER = inRoot('node_modules', '@typescript', 'native', 'bin', 'tsc');

export const USAGE = `Usage: npm test
Installs what is needed and checks everything: types, lint, tests,
dependencies, PEFT, the api's document.
One file of tests: npx tap test/FILE, in the folder of its workspace.`;

/**
 * Installs what is needed and checks everything there is to check. The last line it prints is the sum.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 0 when nothing failed
 * @throws {Complaint} for an option: there is none
 */
export async function checkAll(args) {
  const [option] = args;
  if (option !== undefined) throw new Complaint(`Unknown option ${option}. ${USAGE}`);
  for (const need of /** @type {const} */ (['redis-server', 'openssl', 'python3'])) {
    await ensureSystem(need);
  }
  await ensureBrowser();
  // two minutes of downloads, meanwhile npm's leave a core idle
  const python = ensurePython();
  const schemathesis = python.then(ensureSchemathesis, ensureSchemathesis);
  for (const installing of [python, schemathesis]) installing.catch(() => {});
  await ensureInstalled();
  const { runCommand } = await import('./runCommand.mjs');
  const { runTests } = await import('./runTests.mjs');
  const { workspacesWith } = await import('./workspacesWith.mjs');
  const tested = await workspacesWith('test');
  const { checkSupplyChain } = await import('../audit/checkSupplyChain.mjs');
  const { checkInterop } = await import('../interop/checkInterop.mjs');
  const { checkConformance } = await import('../conformance/checkConformance.mjs');
  const bin = (/** @type {string} */ name) => inRoot('node_modules', '.bin', name);
  const turbo = ['--output-logs=errors-only', '--continue', `--concurrency=${TURBO_CONCURRENCY}`];

  /** @type {TestCounts[]} */
  const counts = [];
  counts.push(await runCommand('Types', bin('turbo'), ['run', 'types', ...turbo]));
  counts.push(await runCommand('Types of the scripts', 'node', [NATIVE_COMPILER, '-p', 'scripts']));
  counts.push(await runCommand('Lint', bin('biome'), ['check', '.']));
  counts.push(await runCommand('Import directions', bin('turbo'), ['boundaries']));
  counts.push(...(await checkSupplyChain()));
  for (const workspace of await workspacesWith('lint')) {
    counts.push(await runCommand(`Lint of ${workspace}`, 'npm', ['run', 'lint', '-w', workspace]));
  }
  // the longest first, so that no core is idle while the last one ends
  counts.push(...(await runTests([...LONG, ...tested.filter((workspace) => !LONG.includes(workspace))])));
  counts.push(
    ...(await Promise.all([
      checkInterop(undefined, python),
      checkConformance(SHORT, undefined, schemathesis),
    ])),
  );
  return conclude(counts);
}

/** Folders of tests in which single files take the longest. */
const LONG = ['scripts', 'dashboard'];

/**
 * @param {TestCounts[]} counts
 * @returns {number} exit code
 */
function conclude(counts) {
  const { red, green, bold, yellow } = colours();
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    counts.reduce((total, each) => total + each[key], 0);
  const failures = counts.flatMap((each) => each.failures);
  if (failures.length > 0) process.stdout.write(`\n${red(bold('What failed'))}\n`);
  for (const failure of failures) process.stdout.write(`\n${red('✗')} ${failure}\n`);
  if (sum('skipped') > 0) process.stdout.write(`\n${yellow(`${sum('skipped')} skipped`)}\n`);
  const paint = sum('failed') > 0 ? red : green;
  process.stdout.write(`\n${paint(`${sum('passed')} passed, ${sum('failed')} failed`)}\n`);
  return sum('failed') > 0 ? 1 : 0;
}
