/** What became of a part: made now, there already, or no longer wanted, as when its round was cancelled. */
export type PartOutcome = 'made' | 'present' | 'unwanted';

/** @throws Error when the process that asked for the work is about to end; the job is then tried again */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('the worker is shutting down');
}
