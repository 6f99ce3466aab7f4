// @ts-check
import { Complaint } from '../terminal/complaint.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

/**
 * Runs a built program of a workspace that prints a JSON object on each line.
 *
 * @param {string[]} path of the program in the repository
 * @param {(line: any) => void} onLine is given every object as it comes
 * @returns {Promise<void>}
 * @throws {Complaint} with what the program said when it fails
 */
export async function runLines(path, onLine) {
  let rest = '';
  const { code, output } = await run(process.execPath, ['--enable-source-maps', inRoot(...path)], {
    onStdout: (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(JSON.parse(line));
    },
  });
  const said = output.split('\n').filter((line) => line && !line.startsWith('{'));
  if (code !== 0) throw new Complaint(said.at(-1) ?? `${path.join('/')} ended with code ${code}.`);
}
