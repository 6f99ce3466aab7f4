// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { inRoot } from '../processes/root.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';

const REQUIREMENTS = inRoot('scripts', 'interop', 'requirements.txt');

/**
 * A Python with PEFT: the virtual environment that FLORIST_VENV names, taken as it is, or `.venv`, made and
 * filled when it lacks what requirements.txt names.
 *
 * @returns {Promise<string>} path of the interpreter
 * @throws {Complaint}
 */
export async function ensurePython() {
  const given = process.env.FLORIST_VENV;
  if (given) return join(given, 'bin', 'python');
  const venv = inRoot('.venv');
  const python = join(venv, 'bin', 'python');
  const stamp = join(venv, 'florist-requirements.txt');
  const wanted = await readFile(REQUIREMENTS, 'utf8');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return python;
  const system = await ensureSystem('python3');
  await step('Installing Python packages for the interoperability test', async () => {
    await must(
      system,
      ['-m', 'venv', venv],
      'python3 -m venv failed: is the package python3-venv installed?',
    );
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
    await must(
      python,
      pip,
      'pip install failed: the interoperability test needs the packages of requirements.txt',
    );
  });
  await writeFile(stamp, wanted);
  return python;
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
