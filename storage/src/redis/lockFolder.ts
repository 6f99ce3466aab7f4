import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './processIdentity.js';

const LOCK_FILE = 'redis-server.lock';
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
 * @throws Error when another living process holds the folder
 */
export async function lockFolder(dir: string): Promise<FolderLock> {
  const path = join(dir, LOCK_FILE);
  const owner = await holder(process.pid);
  while (!(await claim(path, { owner }))) await removeStale(path, dir);
  return {
    async recordServer(pid) {
      const draft = await writeDraft(path, { owner, server: await holder(pid) });
      await rename(draft, path);
    },
    async release() {
      await rm(path, { force: true });
    },
  };
}

async function holder(pid: number): Promise<Holder> {
  return { pid, identity: (await processIdentity(pid)) ?? 'gone' };
}

async function isAlive(candidate: Holder): Promise<boolean> {
  return (await processIdentity(candidate.pid)) === candidate.identity;
}

async function writeDraft(path: string, content: LockContent): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
  return draft;
}

/** A hard link appears at once and with all its content, or fails because the name is taken. */
async function claim(path: string, content: LockContent): Promise<boolean> {
  const draft = await writeDraft(path, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeStale(path: string, dir: string): Promise<void> {
  const seen = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (seen === undefined) return;
  const { owner, server } = parse(seen);
  const serverAlive = server !== undefined && (await isAlive(server));
  if (owner !== undefined && (await isAlive(owner)) && (server === undefined || serverAlive)) {
    throw new Error(`${dir} is in use by process ${owner.pid}: choose another folder or end that process.`);
  }
  if (server !== undefined && serverAlive) await endOrphan(server);
  await takeAway(path, seen, dir);
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

/** Between the look and the removal another process may have taken over: its lock is put back. */
async function takeAway(path: string, seen: string, dir: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = await readFile(aside, 'utf8');
  if (taken !== seen) {
    await rename(aside, path);
    throw new Error(`${dir} was just taken by another process.`);
  }
  await rm(aside, { force: true });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
