// @ts-check
import { fstatSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** How long a process whose parent has died may take to stop by itself, in milliseconds. */
const GRACE_MS = 35_000;
const STDIN = 0;

/**
 * Loaded before a program's own code (`node --import`), so that it never outlives the process that started
 * it: its standard input is a pipe that the parent holds and never writes to, which the system closes when
 * the parent dies in whatever way. The processes it forks inherit the flag, and hang on its own pipe.
 *
 * `leash.mjs?waitMs=…` lets others, which depend on this one, stop first.
 */
function leash() {
  const stdin = fstatSync(STDIN);
  if (!isMainThread || !(stdin.isFIFO() || stdin.isSocket())) return;
  const waitMs = Number(new URL(import.meta.url).searchParams.get('waitMs') ?? 0);
  const stop = () => {
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), waitMs);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), waitMs + GRACE_MS).unref();
  };
  process.stdin.once('end', stop).once('error', stop).resume();
  if ('unref' in process.stdin) process.stdin.unref();
}

leash();
