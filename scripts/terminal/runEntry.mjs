// @ts-check
import { colours } from './colours.mjs';
import { Complaint } from './complaint.mjs';

/**
 * Runs a command's main function and ends the process with its exit code. A complaint is one line; anything
 * else is a fault of ours and shows its stack.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when nothing
 */
export async function runEntry(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    if (error.log) process.stderr.write(`${error.log.trimEnd()}\n`);
    process.stderr.write(`${colours(process.stderr).red('✗')} ${error.message}\n`);
    process.exitCode = 1;
  }
}
