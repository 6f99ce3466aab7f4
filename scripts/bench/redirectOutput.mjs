// @ts-check

/**
 * Sends whatever is printed from now on to standard error, where it does not mix with what a program reads.
 *
 * @returns {{ write: (text: string) => void }} standard output itself
 */
export function redirectOutput() {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return { write };
}
