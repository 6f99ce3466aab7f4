// @ts-check
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './processStart.mjs';

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 250;
/** A lock file is created and then written: one still without a holder after this many looks is abandoned. */
const EMPTY_LOOKS_MAX = 8;

/** @typedef {{ pid: number, started: string }} Holder */

/** Somebody alive holds the lock. */
export class LockHeld extends Error {
  /** @param {number} pid */
  constructor(pid) {
    super(`held by process ${pid}`);
    this.name = 'LockHeld';
    this.pid = pid;
  }
}

/**
 * Takes a lock file for as long as this process lives. The lock of a process that has died is taken over.
 *
 * @param {string} path of the lock file; its folder exists
 * @param {{ waitMs?: number }} [options] how long to wait for a living holder
 * @returns {Promise<{ release: () => Promise<void> }>}
 * @throws {LockHeld}
 */
export async function acquireLock(path, { waitMs = 0 } = {}) {
  const until = performance.now() + waitMs;
  const mine = JSON.stringify({ pid: process.pid, started: (await processStart(process.pid)) ?? '' });
  let emptyLooks = 0;
  for (;;) {
    if (await create(path, mine)) return { release: () => rm(path, { force: true }) };
    const text = await readFile(path, 'utf8').catch(() => '');
    const holder = parseHolder(text);
    if (!holder && emptyLooks++ < EMPTY_LOOKS_MAX) await sleep(POLL_MS);
    else if (!holder || (await processStart(holder.pid)) !== holder.started) await discard(path, text);
    else if (performance.now() >= until) throw new LockHeld(holder.pid);
    else await sleep(POLL_MS);
  }
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {Promise<boolean>} false when the file exists
 */
async function create(path, text) {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} text
 * @returns {Holder | undefined}
 */
function parseHolder(text) {
  try {
    const { pid, started } = JSON.parse(text);
    return Number.isInteger(pid) && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes a stale lock. Two processes may find it stale at once, and the slower must not remove the lock that
 * the faster has taken since: what was moved away is compared with what was judged.
 *
 * @param {string} path
 * @param {string} stale
 */
async function discard(path, stale) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== stale) await create(path, moved);
  await rm(aside, { force: true });
}
