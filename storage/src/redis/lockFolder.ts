import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './processIdentity.js';

const LOCK_FILE = 'redis-server.lock';
const NUMBERED = /^redis-server\.lock\.(\d+)$/;
const DRAFT = /^redis-server\.lock\.\d+\.[0-9a-f-]{36}$/;
/** A draft is in use for moments. */
const DRAFT_AGE_MS = 60_000;
/** With everything on disk already, a redis-server that was told to end needs well under a second. */
const ORPHAN_END_MS = 10_000;
const ORPHAN_POLL_MS = 50;

interface Holder {
  pid: number;
  identity: string;
}

interface LockContent {
  owner: Holder;
  server?: Holder;
}

export interface FolderLock {
  /** Notes which process serves the folder, so that a later owner can end it if this one vanishes. */
  recordServer(pid: number): Promise<void>;
  release(): Promise<void>;
}

/**
 * Claims a redis-server's data folder for this process: two servers that append to one file would ruin it.
 * A lock whose owner was killed is taken over, and the server that it left running is ended first.
 *
 * Every owner has a file of its own, numbered, and the lock is with the highest number. That one is never removed, and
 * the next comes into being with its content, so of many who find it abandoned one alone takes over.
 * @throws Error when another living process holds the folder
 */
export async function lockFolder(dir: string): Promise<FolderLock> {
  const owner = await holder(process.pid);
  for (;;) {
    const { number, content } = await highest(dir);
    await vacate(content, dir);
    const path = pathOf(dir, number + 1);
    if (!(await take(dir, number + 1, { owner }))) continue;
    const replace = (by: Partial<LockContent>) => withDraft(path, by, (draft) => rename(draft, path));
    return {
      recordServer: async (pid) => replace({ owner, server: await holder(pid) }),
      // the folder may be gone by then
      release: () => replace({}).catch(ignoreMissing),
    };
  }
}

async function holder(pid: number): Promise<Holder> {
  return { pid, identity: (await processIdentity(pid)) ?? 'gone' };
}

async function isAlive(candidate: Holder): Promise<boolean> {
  return (await processIdentity(candidate.pid)) === candidate.identity;
}

/** Writes aside what is to appear at once; nothing is left there, whatever fails. */
async function withDraft<T>(
  path: string,
  content: Partial<LockContent>,
  use: (draft: string) => Promise<T>,
): Promise<T> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
    return await use(draft);
  } finally {
    await rm(draft, { force: true });
  }
}

const pathOf = (dir: string, number: number) => join(dir, `${LOCK_FILE}.${number}`);

/** Number 0 where nobody ever held the lock; without an owner where it was let go. */
async function highest(dir: string): Promise<{ number: number; content: Partial<LockContent> }> {
  const number = Math.max(0, ...(await listNumbers(dir)));
  const text = await readFile(pathOf(dir, number), 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return '{}';
    throw error;
  });
  return { number, content: parse(text) };
}

async function listNumbers(dir: string): Promise<number[]> {
  const names = await readdir(dir);
  return names.flatMap((name) => {
    const number = NUMBERED.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** A hard link appears at once and with all its content, or fails because the name is taken. */
async function take(dir: string, number: number, content: LockContent): Promise<boolean> {
  const path = pathOf(dir, number);
  try {
    await withDraft(path, content, (draft) => link(draft, path));
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  const numbers = await listNumbers(dir);
  // whoever judged by an older one made this one too late
  const late = numbers.some((other) => other > number);
  const unwanted = late ? [number] : numbers.filter((other) => other < number);
  for (const each of unwanted) await rm(pathOf(dir, each), { force: true });
  if (!late) await sweepDrafts(dir);
  return !late;
}

/** Drafts of processes that were killed. One of somebody alive, who asks for the lock in vain, is young. */
async function sweepDrafts(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!DRAFT.test(name)) continue;
    const written = await stat(join(dir, name)).catch(() => undefined);
    if (written !== undefined && Date.now() - written.mtimeMs > DRAFT_AGE_MS)
      await rm(join(dir, name), { force: true });
  }
}

/** @throws Error when whoever holds the lock is alive */
async function vacate({ owner, server }: Partial<LockContent>, dir: string): Promise<void> {
  const serverAlive = server !== undefined && (await isAlive(server));
  if (owner !== undefined && (await isAlive(owner)) && (server === undefined || serverAlive)) {
    throw new Error(`${dir} is in use by process ${owner.pid}: choose another folder or end that process.`);
  }
  if (server !== undefined && serverAlive) await endOrphan(server);
}

function parse(text: string): Partial<LockContent> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function endOrphan(server: Holder): Promise<void> {
  process.kill(server.pid, 'SIGTERM');
  const deadline = Date.now() + ORPHAN_END_MS;
  while (await isAlive(server)) {
    if (Date.now() > deadline) process.kill(server.pid, 'SIGKILL');
    await sleep(ORPHAN_POLL_MS);
  }
}

function ignoreMissing(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
