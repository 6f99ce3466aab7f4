// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';

/**
 * @typedef {object} Wanted
 * @property {string | undefined} given an environment that is taken as it is
 * @property {string} folder of the environment to make, where none is given
 * @property {string} requirements path of a requirements.txt
 * @property {string} stamp name of the file in the folder that says what was installed
 * @property {string} purpose what the packages are for, in words that follow `for`
 */

/**
 * A Python with the packages of a requirements.txt: an environment that is given, or one that is made and filled
 * when it lacks them.
 *
 * @param {Wanted} wanted
 * @returns {Promise<string>} path of the interpreter
 * @throws {Complaint}
 */
export async function ensureVenv({ given, folder, requirements, stamp, purpose }) {
  if (given) return join(given, 'bin', 'python');
  const python = join(folder, 'bin', 'python');
  const written = join(folder, stamp);
  const text = await readFile(requirements, 'utf8');
  if ((await readFile(written, 'utf8').catch(() => '')) === text) return python;
  const system = await ensureSystem('python3');
  await step(`Installing Python packages for ${purpose}`, async () => {
    await must(
      system,
      ['-m', 'venv', folder],
      'python3 -m venv failed: is the package python3-venv installed?',
    );
    // most of what is installed is never imported: what is, Python compiles then
    const options = ['--quiet', '--disable-pip-version-check', '--no-compile'];
    const pip = ['-m', 'pip', 'install', ...options, '-r', requirements];
    await must(python, pip, `pip install failed: ${purpose} needs the packages of ${requirements}`);
  });
  await writeFile(written, text);
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
