import 'server-only';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { isProblem } from '#lib/api/isProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import { fetchFromApi } from '../api/fetchFromApi.ts';
import type { Session } from '../session/session.ts';
import { apiUrl } from '../settings.ts';

/**
 * A federation's event stream, from the event after `after`, or from now on.
 * @throws ApiProblem
 */
export async function openEvents(
  session: Session,
  federation: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  const path = `/v1/federations/${encodeURIComponent(federation)}/events${query}`;
  const response = await fetchFromApi(`${apiUrl()}${path}`, {
    headers: { authorization: `Bearer ${session.token}`, accept: 'text/event-stream' },
    signal,
  });
  if (!response.ok || response.body === null) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new ApiProblem(
      isProblem(body)
        ? body
        : makeProblem(502, 'unexpected', 'Unexpected answer', `The api answered HTTP ${response.status}.`),
    );
  }
  return response.body.getReader();
}
