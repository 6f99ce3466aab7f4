// @ts-check
import { spawn } from 'node:child_process';

/** How long a process may take to say that it is ready, in milliseconds; a loaded machine starts slowly. */
const READY_MS = 60_000;

/** How long it may take to stop before it is made to, in milliseconds. */
const STOP_MS = 10_000;

/**
 * @typedef {object} Launched
 * @property {string[]} said what `ready` matched, its groups included
 * @property {number} pid
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 */

/**
 * Starts a process and waits until it prints a line that matches.
 *
 * @param {string} name for messages
 * @param {string} command
 * @param {string[]} args
 * @param {{ ready: RegExp, env?: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Promise<Launched>}
 */
export async function launch(name, command, args, { ready, env = process.env, cwd }) {
  const child = spawn(command, args, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
  /** @type {string[]} */
  const said = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS / 1000} s`), READY_MS);
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${name} ${reason}:\n${output.slice(-4000)}`));
    };
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      output = `${output}${chunk}`.slice(-20_000);
      const match = ready.exec(output);
      if (match !== null) {
        clearTimeout(timer);
        resolve([...match]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
  return {
    said,
    pid: child.pid ?? 0,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
        await ended;
        clearTimeout(timer);
      }
    },
  };
}
