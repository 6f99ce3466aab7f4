import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort.js';
import { type FolderLock, lockFolder } from './lockFolder.js';
import { ping } from './ping.js';
import { serverCommand } from './serverCommand.js';

/** Another program may take the free port before redis-server binds it; more often than this is no accident. */
const PORT_TRIES = 5;
const POLL_MS = 25;
/** redis-server's last words, to say why it ended. */
const LOG_TAIL_CHARS = 2_000;
/** Ending means closing files that are already on disk. */
const STOP_MS = 10_000;
const PASSWORD_BYTES = 24;

export interface RedisServerOptions {
  /** Folder of the append-only file; made if missing. */
  dir: string;
  /** TCP port on 127.0.0.1; a free one by default. */
  port?: number;
  /** Random by default. With the same port and password, a restarted server has the URL that others know. */
  password?: string;
  /** Keep what is written across restarts; true by default. */
  appendOnly?: boolean;
}

export interface RedisServer {
  /** `redis://` URL with the password. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with a line that says why, when the server ends without stop() having been called. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Runs redis-server for this process on loopback, and resolves once it answers, however long it loads.
 * The password is random: on loopback every local user could otherwise read and write the ledger.
 * @throws Error with one clear line when redis-server is missing, does not start, or the folder is in use
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const password = options.password ?? randomBytes(PASSWORD_BYTES).toString('hex');
  if (!/^[A-Za-z0-9]+$/.test(password)) throw new Error('The password must be letters and digits only.');
  const command = await serverCommand();
  const lock = await lockFolder(dir);
  try {
    for (let attempt = 1; ; attempt++) {
      const port = options.port ?? (await freePort());
      const text = configuration(dir, port, password, options.appendOnly ?? true);
      const started = await launch(command, text, port, password, lock);
      if (started.server) return started.server;
      const collided = started.log.includes('Address already in use');
      if (options.port === undefined && collided && attempt < PORT_TRIES) continue;
      throw new Error(`redis-server did not start on port ${port}: ${started.log}`);
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Given on stdin, so that the password is neither on a command line nor in a file. */
function configuration(dir: string, port: number, password: string, appendOnly: boolean): string {
  return [
    'bind 127.0.0.1',
    'protected-mode yes',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(dir)}`,
    'databases 1',
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${appendOnly ? 'yes' : 'no'}`,
    // a receipt promises that the submission counts, so it must outlive a power cut: "everysec" may lose a second
    'appendfsync always',
    'loglevel warning',
    '',
  ].join('\n');
}

async function launch(
  [program, ...args]: [program: string, ...args: string[]],
  configuration: string,
  port: number,
  password: string,
  lock: FolderLock,
): Promise<{ server?: RedisServer; log: string }> {
  // a process group of its own: Ctrl-C in a terminal must not end Redis before those who still write to it
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const exit = watchExit(child);
  child.stdin.on('error', () => {});
  child.stdin.end(configuration);
  const pid = child.pid;
  try {
    if (pid !== undefined) await lock.recordServer(pid);
  } catch (error) {
    // nobody would know of it any more
    child.kill('SIGKILL');
    throw error;
  }
  let ready = false;
  while (!ready && !exit.ended()) {
    ready = await ping(port, password);
    if (!ready) await Promise.race([sleep(POLL_MS), exit.reason]);
  }
  if (exit.ended() || pid === undefined) return { log: await exit.reason };
  return { server: handle(child, pid, port, password, exit, lock), log: '' };
}

interface Exit {
  readonly reason: Promise<string>;
  ended(): boolean;
}

function watchExit(child: ChildProcess): Exit {
  let log = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LOG_TAIL_CHARS);
    });
  }
  const reason = new Promise<string>((resolve, reject) => {
    child.once('error', (error) => {
      ended = true;
      reject(error);
    });
    child.once('close', (code, signal) => {
      ended = true;
      resolve(`it ended with ${signal ?? `code ${code}`}${log === '' ? '' : `: ${log.trim()}`}`);
    });
  });
  reason.catch(() => {});
  return { reason, ended: () => ended };
}

function handle(
  child: ChildProcess,
  pid: number,
  port: number,
  password: string,
  exit: Exit,
  lock: FolderLock,
): RedisServer {
  let stopping = false;
  const killWithOwner = () => child.kill('SIGTERM');
  process.once('exit', killWithOwner);
  const released = exit.reason.then(() => {
    process.removeListener('exit', killWithOwner);
    return lock.release();
  });
  released.catch(() => {});
  const died = new Promise<string>((resolve) => {
    const tell = (reason: string) => {
      if (!stopping) resolve(`redis-server: ${reason}`);
    };
    exit.reason.then(tell, (error: unknown) => tell(String(error)));
  });
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    port,
    pid,
    died,
    async stop() {
      stopping = true;
      if (!exit.ended()) {
        const closed = once(child, 'close');
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
        await closed;
        clearTimeout(timer);
      }
      await released;
    },
  };
}
