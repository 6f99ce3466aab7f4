import sonic from 'sonic-boom';

/** The standard output. */
const STDOUT = 1;
/** Lines that wait because nobody takes them, in bytes; what comes beyond them is dropped. */
export const LOG_WAITING_BYTES_MAX = 8 * 2 ** 20;
/** How often in a row a process that exits finds the reader stuck, a tenth of a second apart, before it gives up. */
const EXIT_TRIES = 10;

/** Takes log lines, each with its newline. */
export interface LogOutput {
  write(line: string): void;
}

/**
 * The standard output for logs, written in the background. Logging never stops a service, nor its exit: what a full
 * disk or a reader that stalls does not take waits, up to LOG_WAITING_BYTES_MAX, and when the reader has died nothing
 * is written any more.
 */
export function openLogOutput(): LogOutput {
  let exiting = false;
  let tries = EXIT_TRIES;
  let left = Number.POSITIVE_INFINITY;
  const stream = new sonic.SonicBoom({
    fd: STDOUT,
    maxLength: LOG_WAITING_BYTES_MAX,
    retryEAGAIN: (_error, writing, waiting) => {
      if (writing + waiting < left) tries = EXIT_TRIES;
      left = writing + waiting;
      return !exiting || tries-- > 0;
    },
  });
  let hasReader = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') hasReader = false;
  });
  process.once('exit', () => {
    exiting = true;
    try {
      if (hasReader) stream.flushSync();
    } catch {
      // nobody is left who could be told
    }
  });
  return {
    write(line) {
      if (hasReader) stream.write(line);
    },
  };
}
