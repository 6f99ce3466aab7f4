/**
 * There is a child for each core, so V8's helper threads would only take another child's time: measured, a module of
 * 4096 × 4096 takes 14.3 ms of processor time with them and 11.8 without.
 *
 * V8 counts matrices as heap, and marks all of it whenever that has doubled: measured, a module takes 7.4 ms where it
 * begins with its usual few MB, and 6.5 where it has 128 to begin with, in no more memory.
 */
const NODE_OPTIONS = ['--single-threaded', '--initial-heap-size=128'];

/**
 * For glibc, which else gives a large tensor's memory back to the system and has it paged in again for the next, or
 * does not, as the heap happens to lie: measured, 8,000 page faults a module of 4096 × 4096, as long as the
 * module itself takes. Tensors of up to 32 MiB, the most that glibc takes here, now keep their place in the heap.
 */
const ALLOCATION = { MALLOC_MMAP_THRESHOLD_: String(2 ** 25), MALLOC_TRIM_THRESHOLD_: String(2 ** 27) };

/** How to fork a process that aggregates modules; what the operator's environment says of allocation goes first. */
export function childRuntime(environment: NodeJS.ProcessEnv): { execArgv: string[]; env: NodeJS.ProcessEnv } {
  return { execArgv: NODE_OPTIONS, env: { ...ALLOCATION, ...environment } };
}
