// @ts-check
import t from 'tap';
import { countTests } from '../check/countTests.mjs';

/**
 * @param {string} tap
 * @param {number} [exitCode]
 */
function count(tap, exitCode = 0) {
  const counter = countTests();
  // In pieces, as a pipe delivers it.
  for (let at = 0; at < tap.length; at += 7) counter.write(tap.slice(at, at + 7));
  return counter.end(exitCode);
}

const FILE = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: adds
        ok 1 - two
        ok 2 - three
        1..2
    ok 1 - adds # time=4ms
    # Subtest: groups
        # Subtest: inner
            ok 1 - yes
            1..1
        ok 1 - inner
        # Subtest: broken
            not ok 1 - sums
              ---
              diff: |
                -2
                +1
              at:
                fileName: test/a.test.ts
                lineNumber: 9
              ...
            1..1
        not ok 2 - broken
        1..2
    not ok 2 - groups
    ok 3 - later # SKIP
    1..3
not ok 1 - test/a.test.ts # time=36ms
1..1
`;

t.test('counts the innermost tests and says where they fail', async (t) => {
  const { passed, failed, skipped, failures } = count(FILE, 1);
  t.strictSame({ passed, failed, skipped }, { passed: 2, failed: 1, skipped: 1 });
  t.match(failures, [/test\/a\.test\.ts › groups › broken: sums \(test\/a\.test\.ts:9\)[\s\S]*\+1/]);
});

t.test('says what a program said that a test ran', async (t) => {
  const { failures } = count(
    `TAP version 14
# Subtest: runs
    not ok 1 - unhandled error
      ---
      code: 1
      signal: null
      cmd: node play.mjs
      stdout: |
        playing
      stderr: |
        ✗ no one came
      ...
    1..1
not ok 1 - runs
1..1
`,
    1,
  );
  t.match(failures, [/runs: unhandled error\s+node play\.mjs\s+playing\s+✗ no one came/]);
});

t.test('counts a file that crashes after its tests passed', async (t) => {
  const tap = `TAP version 14
# Subtest: test/b.test.ts
    # Subtest: fine
        ok 1 - yes
        1..1
    ok 1 - fine
    1..1
not ok 1 - test/b.test.ts
  ---
  exitCode: 3
  ...
1..1
`;
  const { passed, failed, failures } = count(tap, 1);
  t.strictSame({ passed, failed }, { passed: 1, failed: 1 });
  t.match(failures[0], 'ended with code 3');
});

t.test('counts a failed assertion beside tests that failed', async (t) => {
  const tap = `TAP version 14
# Subtest: test/c.test.ts
    # Subtest: first
        not ok 1 - no
        1..1
    not ok 1 - first
    not ok 2 - boom
    1..2
not ok 1 - test/c.test.ts
1..1
`;
  t.equal(count(tap, 1).failed, 2);
});

t.test('counts a run that says nothing, stops short or ends badly', async (t) => {
  t.match(count('', 1), { passed: 0, failed: 1, failures: ['no tests ran'] });
  t.match(count('Cannot find module\n', 0), { passed: 0, failed: 1 });
  const short = FILE.slice(0, FILE.indexOf('    # Subtest: groups'));
  t.ok(count(short, 0).failed > 0);
  const good =
    '# Subtest: a\n    # Subtest: b\n        ok 1\n        1..1\n    ok 1 - b\n    1..1\nok 1 - a\n1..1\n';
  t.match(count(`TAP version 14\n${good}`, 0), { passed: 1, failed: 0 });
  t.match(count(`TAP version 14\n${good}`, 137), { passed: 1, failed: 1, failures: [/code 137/] });
});
