// @ts-check
import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { inRoot } from '../../processes/root.mjs';
import { Complaint } from '../../terminal/complaint.mjs';
import { pythonPath } from './pythonPath.mjs';

/**
 * @typedef {{ op: 'module', folders: string[], module: string, weights: number[], tau: number, times: number }
 *   | { op: 'flexlora', folders: string[], module: string, weights: number[], rank: number }
 *   | { op: 'adapter', folders: string[], weights: number[], tau: number, out: string }
 *   | { op: 'forget' }} PeerRequest see peer.py
 */
/** @typedef {{ seconds: number, rank: number }} PeerAnswer rank is the sum over modules */
/**
 * @typedef {object} Peer
 * @property {string} description what it runs on
 * @property {(request: PeerRequest) => Promise<PeerAnswer>} ask one request at a time
 * @property {() => Promise<void>} close
 */

/**
 * Starts the peer and waits until it is ready.
 *
 * @returns {Promise<Peer | undefined>} undefined where its environment is missing
 * @throws {Complaint} when there is an environment but the peer does not run in it
 */
export async function openPeer() {
  const python = pythonPath();
  const exists = await access(python).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  const child = spawn(python, [inRoot('scripts', 'bench', 'peer', 'peer.py')], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    await ended;
    throw new Complaint(`The peer ended (${python}); its output is above.`, { log: errors });
  };
  const { torch, blas, threads } = await answer();
  return {
    description: `torch ${torch} with ${blas}, float32, ${threads} threads`,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
