// @ts-check
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { inRoot } from '../processes/root.mjs';
import { formatSeconds } from '../terminal/format.mjs';
import { step } from '../terminal/step.mjs';
import { bundleTests } from './bundleTests.mjs';
import { countTests } from './countTests.mjs';

/** @typedef {import('./countTests.mjs').TestCounts} TestCounts */
/** @typedef {{ cwd: string, file: string, program: string }} TestFile as seen from cwd; program: what node runs */
/** @typedef {{ file: string, cwd: string, counts: TestCounts, seconds: number }} Outcome file as seen from cwd */

/**
 * After how long a file counts as hung, in seconds, which is no measure of its speed: some start the whole service
 * several times or open every page in a browser, and where others use the machine too they take three times as long
 * as on an idle one. tap holds a file to that itself; what does not even end then is killed a little later.
 */
const FILE_SECONDS_MAX = 480;
const KILL_AFTER_SECONDS = 20;
/** Files at a time for each core: most wait for processes of their own now and then. */
const FILES_PER_CORE = 2;
const TEST_FILE = /\.test\.(ts|mjs)$/;
/** How much of what a file says that could not even start is shown, in characters: the end says why. */
const OUTPUT_MAX = 4000;
/** The slowest files are named, so that whoever waits knows for what. */
const SLOWEST_TOLD = 5;

/**
 * Runs the files of tests of these folders, each in a process of its own as tap does, and counts their tests as they
 * pass. All folders share the cores: files of the first folders begin first.
 *
 * @param {readonly string[]} folders below the repository, each the working folder of its files
 * @returns {Promise<TestCounts[]>} by folder
 */
export async function runTests(folders) {
  const queue = (await Promise.all(folders.map(findFiles))).flat();
  const total = queue.length;
  /** @type {Outcome[]} */
  const outcomes = [];
  await step(
    `Tests in ${total} files`,
    async (progress) => {
      const work = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          outcomes.push(await runFile(next));
          const { passed, failed } = sum(outcomes);
          const failing = outcomes.filter(({ counts }) => counts.failed > 0);
          const where = failing.map(({ cwd, file }) => `, ${join(cwd, file)}`).join('');
          progress(`${outcomes.length} of ${total} files, ${passed} passed, ${failed} failed${where}`);
        }
      };
      await Promise.all(Array.from({ length: Math.ceil(FILES_PER_CORE * availableParallelism()) }, work));
    },
    () => `${sum(outcomes).passed} passed, ${sum(outcomes).failed} failed`,
    () => sum(outcomes).failed === 0,
  );
  for (const folder of folders) {
    const { passed, failed } = sum(ofFolder(outcomes, folder));
    process.stdout.write(`  ${folder.padEnd(10)} ${passed} passed, ${failed} failed\n`);
  }
  const slowest = [...outcomes].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_TOLD);
  const told = slowest.map(({ cwd, file, seconds }) => `${cwd}/${file} ${formatSeconds(seconds)}`);
  process.stdout.write(`  slowest: ${told.join(', ')}\n`);
  return folders.map((folder) => sum(ofFolder(outcomes, folder)));
}

/**
 * @param {readonly Outcome[]} outcomes
 * @param {string} folder
 */
const ofFolder = (outcomes, folder) => outcomes.filter(({ cwd }) => cwd === folder);

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {TestCounts}
 */
const sum = (outcomes) => ({
  passed: outcomes.reduce((all, { counts }) => all + counts.passed, 0),
  failed: outcomes.reduce((all, { counts }) => all + counts.failed, 0),
  skipped: outcomes.reduce((all, { counts }) => all + counts.skipped, 0),
  failures: outcomes.flatMap(({ counts }) => counts.failures),
});

/**
 * @param {string} cwd
 * @returns {Promise<TestFile[]>}
 */
async function findFiles(cwd) {
  const inside = cwd === 'scripts' ? '.' : 'test';
  const names = await readdir(inRoot(cwd, inside), { recursive: true });
  const files = names.filter((name) => TEST_FILE.test(name)).sort();
  const paths = files.map((name) => join(inside, name));
  const isTypeScript = (/** @type {string} */ path) => path.endsWith('.ts');
  const bundleOf = await bundleTests(cwd, paths.filter(isTypeScript));
  return paths.map((file) => ({ cwd, file, program: isTypeScript(file) ? bundleOf(file) : file }));
}

/**
 * @param {TestFile} test
 * @returns {Promise<Outcome>}
 */
async function runFile({ cwd, file, program }) {
  const counter = countTests();
  const begun = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: inRoot(cwd),
    env: { ...process.env, ...cleanEnvironment(), TAP: '1', TAP_TIMEOUT: String(FILE_SECONDS_MAX) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killing = setTimeout(() => child.kill('SIGKILL'), 1000 * (FILE_SECONDS_MAX + KILL_AFTER_SECONDS));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => counter.write(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    said = (said + chunk).slice(-OUTPUT_MAX);
  });
  /** @type {number} */
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 128));
  });
  clearTimeout(killing);
  const counts = counter.end(code);
  const name = join(cwd, file);
  const failures = counts.failures.map((failure) => `${name} › ${failure}`);
  if (counts.failed > 0 && counts.passed === 0) failures.push(`${name} said:\n${said}`);
  return { cwd, file, counts: { ...counts, failures }, seconds: (performance.now() - begun) / 1000 };
}
