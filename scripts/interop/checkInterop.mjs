// @ts-check
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { inRoot } from '../processes/root.mjs';
import { run } from '../processes/run.mjs';
import { startService } from '../service/startService.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';
import { ensurePython } from './ensurePython.mjs';

/** @typedef {{ check: string, ok: boolean, detail: string }} Check */

/**
 * Runs a round with PEFT at both ends against a service of its own, in a data folder of its own.
 *
 * @param {(check: Check) => void} [onCheck] is told of every check
 * @param {Promise<string>} [interpreter] of a Python with PEFT, which may still be being installed
 * @returns {Promise<import('../check/countTests.mjs').TestCounts>} what cannot run has failed
 */
export async function checkInterop(onCheck = () => {}, interpreter = ensurePython()) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  const fail = (/** @type {string} */ why) => {
    counts.failed++;
    counts.failures.push(`Interoperability with PEFT: ${why}`);
  };
  const onLine = (/** @type {string} */ line) => {
    /** @type {Check} */
    const check = JSON.parse(line);
    if (check.ok) counts.passed++;
    else fail(`${check.check}: ${check.detail}`);
    onCheck(check);
  };
  try {
    const python = await interpreter;
    const title = 'Interoperability with PEFT';
    await step(
      title,
      async (progress) => {
        const end = await runRound(python, (line) => {
          onLine(line);
          progress(`${counts.passed} passed, ${counts.failed} failed`);
        });
        if (end.code !== 0 || counts.passed === 0)
          fail(`interop.py ended with code ${end.code}\n${end.output}`);
      },
      () => `${counts.passed} passed, ${counts.failed} failed`,
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
 * @param {(line: string) => void} onLine
 */
async function runRound(python, onLine) {
  const folder = await mkdtemp(join(tmpdir(), 'florist-interop-'));
  const work = join(folder, 'work');
  await mkdir(work);
  const env = { ...process.env, ...cleanEnvironment(), PORT: '0', FLORIST_DATA_DIR: join(folder, 'data') };
  const service = await startService(env, { headless: true });
  try {
    let rest = '';
    return await run(python, [inRoot('scripts', 'interop', 'interop.py'), service.url, work], {
      env: { FLORIST_OPERATOR_TOKEN: service.operator.token, PYTHONDONTWRITEBYTECODE: '1' },
      onStdout: (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onLine);
      },
    });
  } finally {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
