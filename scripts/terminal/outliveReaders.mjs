// @ts-check

/**
 * Lets this process go on when nobody takes what it prints: the reader of a pipe that has gone, a terminal that was
 * closed, a full disk behind a file. Such an error can be told to nobody, and must not end what is being run.
 */
export function outliveReaders() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
