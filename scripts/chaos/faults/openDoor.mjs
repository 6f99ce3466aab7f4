// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSystem } from '../../install/ensureSystem.mjs';

/** While slow, it serves for so long and then stands still for so long, in milliseconds: a twentieth of the time. */
const SERVES_MS = 50;
const STANDS_MS = 950;
/** How long it may take to be mounted, in milliseconds, and how often to look. */
const MOUNT_MS = 5000;
const LOOK_MS = 20;

/**
 * @typedef {object} Door another path to a folder, through a process that can be held up
 * @property {string} path
 * @property {() => Promise<void>} slow everything that passes takes many times as long from now on
 * @property {() => Promise<void>} swift ends that
 * @property {() => Promise<void>} close once whoever made the mounts has removed them
 */

/**
 * A file system in user space in front of a folder: what it is asked while its process stands still has to wait, as on
 * a disk that others keep busy.
 *
 * @param {string} folder
 * @returns {Promise<Door | undefined>} undefined where there is none to be had, or it cannot be mounted
 */
export async function openDoor(folder) {
  const program = await ensureSystem('bindfs').catch(() => undefined);
  if (program === undefined) return undefined;
  const path = await mkdtemp(join(tmpdir(), 'florist-door-'));
  const child = spawn(program, ['-f', '--no-allow-other', folder, path], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const until = performance.now() + MOUNT_MS;
  while (!(await readFile('/proc/mounts', 'utf8')).includes(` ${path} `)) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL');
      await rmdir(path);
      return undefined;
    }
    await sleep(LOOK_MS);
  }
  /** @type {{ stop: AbortController, pacing: Promise<void> } | undefined} */
  let slowness;
  return {
    path,
    async slow() {
      const stop = new AbortController();
      slowness = { stop, pacing: pace(child, stop.signal) };
    },
    async swift() {
      slowness?.stop.abort();
      await slowness?.pacing;
    },
    async close() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
      await rmdir(path);
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {AbortSignal} signal
 */
async function pace(child, signal) {
  while (!signal.aborted) {
    child.kill('SIGSTOP');
    await sleep(STANDS_MS, undefined, { signal }).catch(() => {});
    child.kill('SIGCONT');
    await sleep(SERVES_MS, undefined, { signal }).catch(() => {});
  }
}
