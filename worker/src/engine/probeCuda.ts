import { fork } from 'node:child_process';

/** Milliseconds a probe may take: a cold GPU needs a few seconds to load its libraries. */
const PROBE_TIMEOUT_MS = 30_000;
/** Characters of an engine's error worth a log line. */
const REASON_MAX = 300;

export interface Probe {
  works: boolean;
  reason: string;
}

/**
 * Whether a product runs on CUDA here. Tried in a child process, because a missing or broken provider library
 * can end the process that loads it; whatever ends the child counts as no.
 */
export async function probeCuda(
  entry: URL = new URL('./probeCudaProcess.js', import.meta.url),
  timeoutMs: number = PROBE_TIMEOUT_MS,
): Promise<Probe> {
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said: string | undefined;
  let stderr = '';
  child.on('message', (message) => {
    said = String(message);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-REASON_MAX);
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      said = error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(
        code === 0 ? WORKS : { works: false, reason: oneLine(said ?? `${ending(code, signal)} ${stderr}`) },
      );
    });
  });
}

const WORKS: Probe = { works: true, reason: 'a product ran on CUDA' };

function ending(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `the probe ended with exit code ${code}` : `the probe was ended by ${signal}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, REASON_MAX);
}
