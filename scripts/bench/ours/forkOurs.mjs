// @ts-check
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childRuntime } from '../../../worker/dist/children/childRuntime.js';

/**
 * Starts a program under the runtime in which the worker's children aggregate modules. It is ended with this process,
 * since it could compute for minutes before it saw that its parent is gone.
 *
 * @param {URL} program
 * @returns {import('node:child_process').ChildProcess} its standard error is a pipe
 */
export function forkOurs(program) {
  const child = fork(fileURLToPath(program), {
    ...childRuntime(process.env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const endWithParent = () => child.kill('SIGKILL');
  process.once('exit', endWithParent);
  child.once('exit', () => process.off('exit', endWithParent));
  return child;
}
