// @ts-check
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { inRoot } from '../processes/root.mjs';
import { colours } from '../terminal/colours.mjs';

/** @typedef {import('./countTests.mjs').TestCounts} TestCounts */

/** Tasks that turbo runs at once: each is a compiler that fills a core. */
const TURBO_CONCURRENCY = '2';

/**
 * Installs what is needed and checks everything there is to check. The last line it prints is the sum.
 *
 * @returns {Promise<number>} the exit code: 0 when nothing failed
 */
export async function checkAll() {
  await ensureInstalled();
  await ensureSystem('redis-server');
  const { runCommand } = await import('./runCommand.mjs');
  const { runTests } = await import('./runTests.mjs');
  const { workspacesWith } = await import('./workspacesWith.mjs');
  const tested = await workspacesWith('test');
  if (tested.includes('dashboard')) await ensureSystem('chromium');
  const { checkInterop } = await import('../interop/checkInterop.mjs');
  const bin = (/** @type {string} */ name) => inRoot('node_modules', '.bin', name);
  const turbo = ['--output-logs=errors-only', '--continue', `--concurrency=${TURBO_CONCURRENCY}`];

  /** @type {TestCounts[]} */
  const counts = [];
  counts.push(await runCommand('Types', bin('turbo'), ['run', 'types', ...turbo]));
  counts.push(await runCommand('Types of the scripts', bin('tsc'), ['-p', 'scripts']));
  counts.push(await runCommand('Lint', bin('biome'), ['check', '.']));
  counts.push(await runCommand('Import directions', bin('turbo'), ['boundaries']));
  for (const workspace of await workspacesWith('lint')) {
    counts.push(await runCommand(`Lint of ${workspace}`, 'npm', ['run', 'lint', '-w', workspace]));
  }
  for (const workspace of tested) {
    const args = ['run', 'test', '--silent', '-w', workspace, '--', ...TAP_OPTIONS];
    counts.push(await runTests(`Tests of ${workspace}`, 'npm', args));
  }
  counts.push(await runTests('Tests of scripts', bin('tap'), SCRIPT_TESTS));
  counts.push(await checkInterop());
  return conclude(counts);
}

/**
 * A file may take this many seconds instead of tap's 30: some start the whole service several times, and a busy
 * machine is slow.
 */
const TAP_OPTIONS = ['--reporter=tap', '--timeout=240'];
const SCRIPT_TESTS = ['--disable-coverage', ...TAP_OPTIONS, 'scripts/**/*.test.mjs'];

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
