// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { inRoot, ROOT } from './root.mjs';

/** Waits before a crashed process is started again, in milliseconds: soon at first, patient in the end. */
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** A process that ran this long, in milliseconds, was well: its next crash counts as the first. */
const WELL_MS = 60_000;
/** How many of a process's last lines are kept to explain its end. */
const LAST_LINES = 20;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} script path of a module that Node runs
 * @property {string[]} [args]
 * @property {() => NodeJS.ProcessEnv} env asked at every start
 * @property {number} graceMs how long it may take to stop before it is killed, in milliseconds
 * @property {number} [restartMs] waits this long, in milliseconds, after every crash instead of ever longer
 * @property {number} [orphanWaitMs] how long it lives on when this process has died, in milliseconds
 * @property {(line: string) => void} [onLine] is given every line it prints
 * @property {(message: unknown) => void} [onMessage] is given what it sends with process.send
 * @property {(pid: number | undefined) => void} [onPid] is told whenever it has started or ended
 */

/**
 * @typedef {object} Supervised
 * @property {string} name
 * @property {() => string[]} lastLines
 * @property {Promise<string>} firstEnd resolves when it ends unbidden for the first time, to how it ended
 * @property {(graceMs: number) => Promise<void>} restart ends it, more or less patiently, and starts it again
 * @property {() => Promise<void>} stop ends it for good
 */

/**
 * Runs a Node program and starts it again when it ends unbidden, later each time. It ends with this process,
 * in whatever way this process ends, and does not see the terminal's signals.
 *
 * @param {Program} program
 * @param {(message: string) => void} announce is told of every crash in one line
 * @returns {Supervised}
 */
export function supervise(program, announce) {
  /** @type {ChildProcess | undefined} */
  let child;
  /** @type {NodeJS.Timeout | undefined} */
  let restart;
  let stopping = false;
  let closed = false;
  let crashes = 0;
  /** @type {string[]} */
  const lines = [];
  /** @type {(how: string) => void} */
  let tellFirstEnd = () => {};
  /** @type {Promise<string>} */
  const firstEnd = new Promise((resolve) => {
    tellFirstEnd = resolve;
  });

  const launch = () => {
    if (closed) return;
    stopping = false;
    const begun = performance.now();
    child = spawnLeashed(program, (line) => {
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
    });
    const ended = (/** @type {string} */ how) => {
      program.onPid?.(undefined);
      if (stopping) return;
      crashes = performance.now() - begun > WELL_MS ? 1 : crashes + 1;
      const wait = program.restartMs ?? Math.min(BACKOFF_FIRST_MS * 2 ** (crashes - 1), BACKOFF_MAX_MS);
      tellFirstEnd(how);
      announce(`${program.name} ${how}; starting it again in ${wait / 1000} s`);
      restart = setTimeout(launch, wait);
    };
    child.once('exit', (code, signal) =>
      ended(signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
    child.once('error', ({ message }) => {
      if (child?.pid === undefined) ended(`could not be started (${message})`);
    });
  };

  const stop = async (graceMs = program.graceMs) => {
    stopping = true;
    clearTimeout(restart);
    if (child) await end(child, graceMs);
  };

  launch();
  return {
    name: program.name,
    lastLines: () => [...lines],
    firstEnd,
    restart: (graceMs) => stop(graceMs).then(launch),
    stop: () => {
      closed = true;
      return stop();
    },
  };
}

/**
 * @param {Program} program
 * @param {(line: string) => void} keep
 */
function spawnLeashed({ script, args = [], env, orphanWaitMs = 0, onLine, onMessage, onPid }, keep) {
  const leash = pathToFileURL(inRoot('scripts', 'processes', 'leash.mjs'));
  leash.searchParams.set('waitMs', String(orphanWaitMs));
  const child = spawn(process.execPath, ['--import', leash.href, '--enable-source-maps', script, ...args], {
    cwd: ROOT,
    env: env(),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      keep(line);
      onLine?.(line);
    });
  }
  if (onMessage) child.on('message', onMessage);
  onPid?.(child.pid);
  return child;
}

/**
 * @param {ChildProcess} child
 * @param {number} graceMs
 */
async function end(child, graceMs) {
  const { pid } = child;
  if (child.exitCode !== null || child.signalCode !== null || pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // It leads a group of its own: what it has forked goes with it.
  const timer = setTimeout(() => process.kill(-pid, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}
