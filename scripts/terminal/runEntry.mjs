// @ts-check
import { colours } from './colours.mjs';
import { Complaint } from './complaint.mjs';
import { outliveReaders } from './outliveReaders.mjs';

/**
 * Runs a command's main function and ends the process with its exit code. A complaint is one line; anything
 * else is a fault of ours and shows its stack. Who asks for help gets it before anything is installed or built.
 *
 * @param {string} usage of the command
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when nothing
 */
export async function runEntry(usage, main) {
  outliveReaders();
  if (process.argv.slice(2).some((option) => option === '--help' || option === '-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    if (error.log) process.stderr.write(`${error.log.trimEnd()}\n`);
    process.stderr.write(`${colours(process.stderr).red('✗')} ${error.message}\n`);
    process.exitCode = 1;
  }
}
