// @ts-check
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDoor } from './openDoor.mjs';

/** What the service leaves free for others, 256 MiB, and as much again for some eighty rounds. */
const ROOM_MIB = 512;
const CHUNK_BYTES = 8 * 1024 * 1024;
/** A file system cannot be made read-only at a moment when somebody writes; so often it is tried, every 5 ms. */
const REMOUNT_TRIES = 2000;
const REMOUNT_EVERY_MS = 5;

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

const run = promisify(execFile);

/**
 * @typedef {object} Room a small file system of its own, in memory
 * @property {string} path
 * @property {import('./openDoor.mjs').Door} [door] through which the path leads, where there can be one
 * @property {() => Promise<void>} fill leaves not a byte free
 * @property {() => Promise<void>} empty removes what filled it
 * @property {(how: 'ro' | 'rw') => Promise<void>} remount
 * @property {() => Promise<void>} close
 */

/**
 * @returns {Promise<Room | undefined>} undefined where this process may not mount one
 */
export async function openRoom() {
  const path = await mkdtemp(join(tmpdir(), 'florist-room-'));
  const options = ['-t', 'tmpfs', '-o', `size=${ROOM_MIB}m,mode=700`, 'florist-chaos', path];
  const mounted = await run('mount', options).then(
    () => true,
    () => false,
  );
  if (!mounted) {
    await rmdir(path);
    return undefined;
  }
  const door = await openDoor(path);
  const filler = join(path, 'filler');
  // a mount outlives whoever made it
  const leave = () => {
    if (door) unmount(door.path);
    unmount(path);
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, leave);
  return {
    path: door?.path ?? path,
    door,
    fill: () => fill(filler),
    empty: () => rm(filler, { force: true }),
    remount: (how) => remount(path, how),
    close: async () => {
      for (const signal of SIGNALS) process.off(signal, leave);
      if (door) unmount(door.path);
      await door?.close();
      unmount(path);
      await rmdir(path);
    },
  };
}

/**
 * Also while somebody still holds a file in it.
 *
 * @param {string} path
 */
const unmount = (path) => void spawnSync('umount', ['--lazy', path]);

/** @param {string} path */
async function fill(path) {
  const file = await open(path, 'w');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  try {
    for (;;) await file.write(chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.close();
  }
}

/**
 * @param {string} path
 * @param {'ro' | 'rw'} how
 */
async function remount(path, how) {
  for (let tries = 1; ; tries++) {
    try {
      await run('mount', ['-o', `remount,${how}`, path]);
      return;
    } catch (error) {
      if (tries === REMOUNT_TRIES) throw error;
      await sleep(REMOUNT_EVERY_MS);
    }
  }
}
