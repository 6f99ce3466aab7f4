// @ts-check

/** Goes to the start of the line and wipes it: a progress line may stand there, and is drawn again soon. */
const WIPE = '\r\u001b[K';

/**
 * Prints a line, also while a step shows its progress.
 *
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${process.stdout.isTTY ? WIPE : ''}${line}\n`);
}
