// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { inRoot } from '../processes/root.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** The phases that Schemathesis ends with a line of its own. */
const PHASE = /^\s*\S+\s+(Examples|Coverage|Fuzzing|Stateful) \(in /m;

/**
 * @typedef {object} Report what Schemathesis writes of a run
 * @property {number} exit_code
 * @property {number} running_time in seconds
 * @property {string | null} stop_reason
 * @property {{ total: number, selected: number, tested: number, errored: number, skipped: number }} operations
 * @property {Record<string, { status: string }>} phases
 * @property {{ generated: number, with_failures: number, unique_failures: number }} test_cases
 * @property {{ code: string, title: string, count: number, operations: string[] }[]} failures
 * @property {unknown[]} errors
 * @property {Record<string, string[]>} warnings
 */

/**
 * @typedef {object} Aim
 * @property {string} python interpreter with Schemathesis
 * @property {string} url of the service
 * @property {string} folder to work in
 * @property {string} config text of its configuration
 * @property {string} files where the parts of a submission lie
 */

/**
 * Runs Schemathesis with every check against the document that a service shows.
 *
 * @param {Aim} aim
 * @param {import('./readOptions.mjs').Options} options
 * @param {(progress: string) => void} progress
 * @returns {Promise<{ report: Report, output: string }>}
 * @throws {Complaint} when it cannot run
 */
export async function runSchemathesis({ python, url, folder, config, files }, options, progress) {
  const [configPath, reportPath] = [join(folder, 'schemathesis.toml'), join(folder, 'report.json')];
  await writeFile(configPath, config);
  const bounds = ['--max-examples', options.examples, '--max-time', options.seconds, '--seed', options.seed];
  const args = [
    ...['-m', 'schemathesis.cli', '--no-color', '--config-file', configPath, 'run', `${url}/openapi.json`],
    ...['--url', url, '--checks', 'all', '--mode', 'all', '--continue-on-failure', ...bounds.map(String)],
    ...['--generation-database', 'none', '--report', 'json', '--report-json-path', reportPath],
  ];
  let seen = '';
  const { output } = await run(python, args, {
    cwd: folder,
    env: { ...cleanEnvironment(), PYTHONDONTWRITEBYTECODE: '1', FLORIST_CONFORMANCE_FILES: files },
    onStdout: (chunk) => {
      const phase = PHASE.exec(chunk)?.[1];
      if (phase) seen = [seen, phase].filter(Boolean).join(', ');
      progress(seen ? `done: ${seen}` : 'reading the document');
    },
  });
  const text = await readFile(reportPath, 'utf8').catch(() => {
    throw new Complaint('Schemathesis did not run; its output is above.', { log: output });
  });
  return { report: JSON.parse(text), output };
}

/** The hooks that this configuration of Schemathesis loads. */
export const HOOKS = inRoot('scripts', 'conformance', 'hooks.py');
