// @ts-check
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './processStart.mjs';

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 250;
/** A draft is in use for moments; an older one, in milliseconds, is a killed process's. */
const DRAFT_AGE_MS = 60_000;
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
  // in a folder that several users share, the files of the others stay
  await Promise.all(older.map((other) => unlink(`${path}.${other}`).catch(ignoreForbidden)));
  await sweepDrafts(path);
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
  try {
    await withDraft(path, text, (draft) => link(draft, path));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
const replace = (path, text) => withDraft(path, text, (draft) => rename(draft, path));

/**
 * Writes aside what is to appear at once; nothing is left there, whatever fails.
 *
 * @param {string} path
 * @param {string} text
 * @param {(draft: string) => Promise<void>} use
 */
async function withDraft(path, text, use) {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await use(draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes drafts of processes that were killed. One of somebody alive, who asks for the lock in vain, is young.
 *
 * @param {string} path
 */
async function sweepDrafts(path) {
  const begin = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(begin)) continue;
    const draft = join(dirname(path), name);
    const written = await stat(draft).catch(() => undefined);
    if (written && Date.now() - written.mtimeMs > DRAFT_AGE_MS) await unlink(draft).catch(ignoreForbidden);
  }
}

/** @param {unknown} error */
function ignoreForbidden(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['EPERM', 'EACCES', 'ENOENT'].includes(code)) throw error;
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
