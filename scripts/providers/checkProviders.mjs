// @ts-check
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { runLines } from '../processes/runLines.mjs';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';
import { providersTable } from './providersTable.mjs';
import { verdictOn } from './verdictOn.mjs';

/** @typedef {import('../../worker/src/checkProviders.js').ProviderLine} ProviderLine */

export const USAGE = 'Usage: npm run check:providers [-- cpu] [-- cuda]';
const PROVIDERS = ['cpu', 'cuda'];

/**
 * The command: holds every provider that the machine offers to the golden cases, times it, and prints a table.
 *
 * @param {string[]} asked providers that must be there; the others may be missing
 * @returns {Promise<number>} exit code: 0 when all that were checked agree with the exact answers
 * @throws {Complaint} for a provider that is asked for and not there
 */
export async function checkProviders(asked) {
  const unknown = asked.filter((name) => !PROVIDERS.includes(name));
  if (unknown.length > 0) throw new Complaint(`There is no provider ${unknown.join(', ')}. ${USAGE}`);
  await ensureInstalled();
  /** @type {ProviderLine[]} */
  const lines = [];
  await step('Golden cases and a timing on every provider (a few seconds each)', (progress) =>
    runLines(['worker', 'dist', 'checkProviders.js'], (line) => {
      lines.push(line);
      progress(`${line.provider} ${line.state}`);
    }),
  );
  process.stdout.write(`\n${providersTable(lines)}\n`);
  const { failures, missing } = verdictOn(lines, asked);
  for (const failure of failures) process.stdout.write(`${colours().red('✗')} ${failure}\n`);
  if (missing !== undefined) throw new Complaint(missing);
  for (const line of lines) {
    if (line.state === 'absent')
      process.stdout.write(`  ${line.provider} is not available: ${line.reason}\n`);
  }
  return failures.length > 0 ? 1 : 0;
}
