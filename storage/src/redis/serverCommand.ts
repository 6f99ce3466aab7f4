import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './findProgram.js';

/**
 * How to run redis-server with its configuration on stdin. Where the kernel can end a process with the one
 * that started it, it is asked to, so that a killed owner leaves no server behind; elsewhere the folder's
 * lock lets the next owner end it.
 * @throws Error with one line that says how to get redis-server
 */
export async function serverCommand(): Promise<[program: string, ...args: string[]]> {
  const server = await findProgram('redis-server');
  if (server === undefined) {
    throw new Error('redis-server is not on the PATH; install it with: apt-get install redis-server');
  }
  const setpriv = await findProgram('setpriv');
  if (setpriv === undefined || !(await endsWithOwner(setpriv))) return [server, '-'];
  return [setpriv, '--pdeathsig', 'TERM', server, '-'];
}

/** Some systems have a smaller program of that name. */
async function endsWithOwner(setpriv: string): Promise<boolean> {
  return promisify(execFile)(setpriv, ['--pdeathsig', 'TERM', setpriv, '--version']).then(
    () => true,
    () => false,
  );
}
