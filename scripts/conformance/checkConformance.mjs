// @ts-check
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApi } from '../demo/openApi.mjs';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { startService } from '../service/startService.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';
import { ensureSchemathesis } from './ensureSchemathesis.mjs';
import { probeAccess } from './probeAccess.mjs';
import { HOOKS, runSchemathesis } from './runSchemathesis.mjs';
import { seedService } from './seedService.mjs';
import { writeConfig } from './writeConfig.mjs';

/** @typedef {import('./runSchemathesis.mjs').Report} Report */

const TITLE = 'The api against its document';

/**
 * Runs Schemathesis against a service of its own that knows a few rounds, and counts the operations that kept the
 * document.
 *
 * @param {import('./readOptions.mjs').Options} options
 * @param {(report: Report) => void} [onReport] is given the report, where there is one
 * @param {Promise<string>} [interpreter] of a Python with Schemathesis, which may still be being installed
 * @returns {Promise<import('../check/countTests.mjs').TestCounts>} what cannot run has failed
 */
export async function checkConformance(options, onReport = () => {}, interpreter = ensureSchemathesis()) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  const fail = (/** @type {string} */ why) => {
    counts.failed++;
    counts.failures.push(`${TITLE}: ${why}`);
  };
  let tried = { tested: 0, total: 0 };
  try {
    const python = await interpreter;
    await step(
      TITLE,
      async (progress) => {
        const { report, output } = await tryService(python, options, progress);
        onReport(report);
        const broken = new Set(report.failures.flatMap(({ operations }) => operations));
        tried = report.operations;
        counts.passed = tried.tested - broken.size;
        for (const failure of report.failures) fail(`${failure.title}: ${failure.operations.join(', ')}`);
        if (report.exit_code !== 0) fail(`schemathesis ended with code ${report.exit_code}\n${output}`);
        if (report.operations.tested === 0) fail('no operation was tried');
      },
      () => `${counts.passed} of ${tried.total} operations keep it, ${counts.failed} findings`,
      () => counts.failed === 0,
    );
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    fail([error.message, error.log].filter(Boolean).join('\n'));
  }
  return counts;
}

/**
 * @param {string} python
 * @param {import('./readOptions.mjs').Options} options
 * @param {(progress: string) => void} progress
 */
async function tryService(python, options, progress) {
  const folder = await mkdtemp(join(tmpdir(), 'florist-conformance-'));
  const work = join(folder, 'work');
  await mkdir(work);
  const own = { HOST: '127.0.0.1', PORT: '0', FLORIST_DATA_DIR: join(folder, 'data') };
  const service = await startService({ ...process.env, ...cleanEnvironment(), ...own }, { headless: true });
  try {
    const { url, operator } = service;
    progress('playing a few rounds');
    const seeds = await seedService(openApi(url, operator.token));
    const operations = await probeAccess(url, operator.token);
    const config = writeConfig(seeds, operations, operator.token, HOOKS);
    const aim = { python, url, folder: work, config, files: seeds.files };
    return await runSchemathesis(aim, options, progress);
  } finally {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
