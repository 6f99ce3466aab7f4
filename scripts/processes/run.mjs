// @ts-check
import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository unless told
 * @property {Record<string, string | undefined>} [env] added to the process's own; undefined removes
 * @property {(chunk: string) => void} [onStdout] is given standard output as it comes
 */

/** @typedef {{ code: number, stdout: string, output: string }} RunResult output holds both streams in order */

/**
 * Runs a command to its end, without a shell and without input, and keeps what it says.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} code 127 when the command does not exist, 128 when a signal ended it
 */
export function run(command, args, { cwd = ROOT, env = {}, onStdout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
      onStdout?.(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, output }));
  });
}
