// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureSystem } from '../../install/ensureSystem.mjs';
import { inRoot } from '../../processes/root.mjs';
import { run } from '../../processes/run.mjs';
import { Complaint } from '../../terminal/complaint.mjs';
import { step } from '../../terminal/step.mjs';
import { pythonPath, venvFolder } from './pythonPath.mjs';

const REQUIREMENTS = inRoot('scripts', 'bench', 'peer', 'requirements.txt');

/**
 * Fills `.venv` with what the peer needs, unless it has that already. An environment that FLORIST_VENV names is
 * taken as it is.
 *
 * @throws {Complaint}
 */
export async function ensurePeer() {
  if (process.env.FLORIST_VENV) return;
  const stamp = join(venvFolder(), 'florist-bench-requirements.txt');
  const wanted = await readFile(REQUIREMENTS, 'utf8');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  const system = await ensureSystem('python3');
  await step("Installing the peer's Python packages", async () => {
    await must(system, ['-m', 'venv', venvFolder()], 'python3 -m venv failed: is python3-venv installed?');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
    await must(pythonPath(), pip, 'pip install failed: the peer needs the packages of its requirements.txt');
  });
  await writeFile(stamp, wanted);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} otherwise
 */
async function must(command, args, otherwise) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Complaint(`${otherwise}; its output is above.`, { log: output });
}
