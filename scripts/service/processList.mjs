// @ts-check
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from '../processes/processStart.mjs';

/** What a service whose supervisor was killed may take to end by itself, in milliseconds; see leash.mjs. */
const LEFTOVER_WAIT_MS = 45_000;
const POLL_MS = 100;

/** @typedef {{ name: string, pid: number, started: string }} Entry */

/**
 * The file that remembers which processes serve a data folder, so that a start after the supervisor was killed
 * never meets them at work in the same folder.
 *
 * @param {string} path
 */
export function processList(path) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  const write = () => {
    try {
      writeFileSync(`${path}.new`, JSON.stringify([...entries.values()]), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch {
      // a full disk: the next change writes all of them, and they end by themselves should this process be killed
    }
  };
  return {
    /**
     * @param {string} name
     * @param {number | undefined} pid of its process now, undefined when it has none
     */
    note: async (name, pid) => {
      const started = pid === undefined ? undefined : await processStart(pid);
      if (pid === undefined || started === undefined) entries.delete(name);
      else entries.set(name, { name, pid, started });
      write();
    },
    /** Removes the file: everything has ended. */
    clear: () => rmSync(path, { force: true }),
    /** Waits for the processes of a run whose supervisor was killed, and kills those that linger. */
    endLeftovers: () => Promise.all(readEntries(path).map(endLeftover)),
  };
}

/**
 * @param {string} path
 * @returns {Entry[]}
 */
function readEntries(path) {
  try {
    /** @type {unknown} */
    const entries = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}

/** @param {Entry} entry */
async function endLeftover({ pid, started }) {
  const until = performance.now() + LEFTOVER_WAIT_MS;
  while ((await processStart(pid)) === started) {
    if (performance.now() > until) process.kill(pid, 'SIGKILL');
    await sleep(POLL_MS);
  }
}
