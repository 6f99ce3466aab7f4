// @ts-check
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './processStart.mjs';

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 250;
/** What the file of a lock that was let go holds. */
const RELEASED = '{}';

/** @typedef {{ pid: number, started: string }} Holder */
/** @typedef {{ number: number, holder: Holder | undefined }} Generation */

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
 * Takes a lock for as long as this process lives. The lock of a process that has died is taken over.
 *
 * Every holder has a file of its own, `path.1`, `path.2` and so on, and the lock is with the highest number. The file
 * comes into being with its content, by a link, so of many who find the highest abandoned one alone makes the next.
 * The highest is never removed, so whoever judged by an older one sees that there is a higher.
 *
 * @param {string} path that the files' names begin with; its folder exists
 * @param {{ waitMs?: number }} [options] how long to wait for a living holder
 * @returns {Promise<{ release: () => Promise<void> }>}
 * @throws {LockHeld}
 */
export async function acquireLock(path, { waitMs = 0 } = {}) {
  const until = performance.now() + waitMs;
  const mine = JSON.stringify({ pid: process.pid, started: (await processStart(process.pid)) ?? '' });
  for (;;) {
    const { number, holder } = await highest(path);
    if (holder && (await processStart(holder.pid)) === holder.started) {
      if (performance.now() >= until) throw new LockHeld(holder.pid);
      await sleep(POLL_MS);
    } else if (await take(path, number + 1, mine)) {
      return { release: () => replace(`${path}.${number + 1}`, RELEASED) };
    }
  }
}

/**
 * @param {string} path
 * @param {number} number
 * @param {string} text
 * @returns {Promise<boolean>} whether the lock is with that number now
 */
async function take(path, number, text) {
  if (!(await createWhole(`${path}.${number}`, text))) return false;
  const numbers = await listNumbers(path);
  if (numbers.some((other) => other > number)) {
    await rm(`${path}.${number}`, { force: true });
    return false;
  }
  const older = numbers.filter((other) => other < number);
  await Promise.all(older.map((other) => rm(`${path}.${other}`, { force: true })));
  return true;
}

/**
 * @param {string} path
 * @returns {Promise<Generation>} number 0 when nobody ever held the lock
 */
async function highest(path) {
  const number = Math.max(0, ...(await listNumbers(path)));
  const text = await readFile(`${path}.${number}`, 'utf8').catch(() => RELEASED);
  return { number, holder: parseHolder(text) };
}

/**
 * @param {string} path
 * @returns {Promise<number[]>}
 */
async function listNumbers(path) {
  const begin = `${basename(path)}.`;
  const names = (await readdir(dirname(path))).filter((name) => name.startsWith(begin));
  return names.map((name) => Number(name.slice(begin.length))).filter((number) => Number.isInteger(number));
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {Promise<boolean>} false when the file exists
 */
async function createWhole(path, text) {
  const draft = await writeDraft(path, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
async function replace(path, text) {
  await rename(await writeDraft(path, text), path);
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {Promise<string>}
 */
async function writeDraft(path, text) {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  await writeFile(draft, text, { flag: 'wx' });
  return draft;
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
