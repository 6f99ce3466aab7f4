import type { ProblemDetail } from '@florist/core/errors/problemError';

/** A part that has not answered by now, in milliseconds, is as good as down for whoever waits. */
const PROBE_TIMEOUT_MS = 2_000;

/** Tries whether a part works: undefined when it does, and otherwise why it does not, under its name. */
export async function probe(field: string, attempt: () => Promise<void>): Promise<ProblemDetail | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([attempt(), tooLate]);
    return undefined;
  } catch (error) {
    return { field, detail: causeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Errno codes say enough; messages of the file system hold paths that are nobody's business. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'failed';
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
