import 'server-only';
import type { Session } from '../session/session.ts';
import { openEvents } from './openEvents.ts';

/**
 * The id of the newest event: a stream that begins now starts by naming it.
 * @throws ApiProblem
 */
export async function readNewestId(
  session: Session,
  federation: string,
  signal: AbortSignal,
): Promise<string> {
  const enough = new AbortController();
  const reader = await openEvents(session, federation, undefined, AbortSignal.any([signal, enough.signal]));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: true });
      const id = /^id: ?(\S+)\n/m.exec(text)?.[1];
      if (id !== undefined || done) {
        return id ?? '0';
      }
    }
  } finally {
    enough.abort();
  }
}
