// @ts-check
import { Parser } from 'tap-parser';

/** @typedef {import('tap-parser').Result} Result */

/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped tests marked skip or todo, in neither of the others
 * @property {string[]} failures each with its full name and the first diagnostics
 */

/** @typedef {{ tests: number, failed: number, why: string }} Block what lies inside a block of TAP */

/**
 * Counts tests in TAP as it streams by: the innermost named blocks, not their assertions. A file or block that
 * fails without a failing test inside (a crash, a timeout, a broken plan) counts as one failed test, and so
 * does output that says nothing of tests.
 *
 * @param {(counts: TestCounts) => void} [onCount] is told whenever a test ends
 * @returns {{ write: (chunk: string) => void, end: (exitCode: number) => TestCounts }}
 */
export function countTests(onCount = () => {}) {
  /** @type {TestCounts} */
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const parser = new Parser({});
  const fail = (/** @type {string[]} */ names, /** @type {string} */ why) => {
    counts.failed++;
    counts.failures.push(`${names.join(' › ')}${why}`);
  };

  /**
   * @param {Parser} block
   * @param {string[]} names of the blocks around it and its own
   * @returns {Block}
   */
  const watch = (block, names) => {
    const inside = { tests: 0, failed: 0, why: '' };
    /** @type {Block | undefined} the block that the next assertion sums up */
    let closing;
    block.on('child', (/** @type {Parser} */ child) => {
      closing = watch(child, [...names, child.name]);
    });
    block.on('assert', (/** @type {Result} */ result) => {
      if (!closing) {
        if (result.skip) counts.skipped++;
        if (!result.ok && !result.todo) inside.why ||= describe(result);
        return;
      }
      settle(inside, closing, result, [...names, result.name]);
      closing = undefined;
      onCount(counts);
    });
    return inside;
  };

  /**
   * @param {Block} outer
   * @param {Block} inner
   * @param {Result} result of the inner block
   * @param {string[]} names
   */
  const settle = (outer, inner, result, names) => {
    const excused = Boolean(result.skip || result.todo);
    const broken = !result.ok && !excused && (inner.failed === 0 || inner.why !== '');
    if (broken) fail(names, inner.why || describe(result));
    else if (inner.tests === 0 && excused) counts.skipped++;
    else if (inner.tests === 0) counts.passed++;
    outer.tests += Math.max(inner.tests, 1);
    outer.failed += inner.failed + Number(broken);
  };

  const all = watch(parser, []);
  return {
    write: (chunk) => {
      parser.write(chunk);
    },
    end: (exitCode) => {
      parser.end();
      if (all.tests === 0) fail(['no tests ran'], '');
      else if (exitCode !== 0 && counts.failed === 0) fail([`the run ended with code ${exitCode}`], all.why);
      return counts;
    },
  };
}

/** How much is shown of what a program said that a test ran, in characters. */
const PROGRAM_OUTPUT_MAX = 1000;
/** A diagnosis longer than this many lines is cut: the full TAP is one command away. */
const DIAGNOSIS_LINES_MAX = 24;

/**
 * @param {Result} result
 * @returns {string}
 */
function describe(result) {
  const { diff, stack, at, exitCode, signal, cmd, stdout, stderr, ...rest } = result.diag ?? {};
  const where = at?.fileName ? ` (${at.fileName}:${at.lineNumber})` : '';
  const values = Object.fromEntries(
    ['found', 'wanted', 'message', 'error'].flatMap((key) => (key in rest ? [[key, rest[key]]] : [])),
  );
  const end = signal ? `ended by ${signal}` : exitCode ? `ended with code ${exitCode}` : '';
  // a program that a test ran says itself why it failed, at its end
  const program = cmd ? `${cmd}\n${`${stdout ?? ''}${stderr ?? ''}`.slice(-PROGRAM_OUTPUT_MAX)}` : '';
  const told = diff ?? (Object.keys(values).length > 0 ? JSON.stringify(values) : '');
  const lines = [told, program, stack ?? '', end]
    .filter(Boolean)
    .join('\n')
    .split('\n')
    .slice(0, DIAGNOSIS_LINES_MAX)
    .map((line) => `\n      ${line}`);
  return `: ${result.name}${where}${lines.join('')}`;
}
