import 'server-only';
import type { Session } from '../session/session.ts';
import { apiUrl } from '../settings.ts';
import { fetchFromApi } from './fetchFromApi.ts';
import { READER_HEADERS } from './readerHeaders.ts';

const REQUEST_HEADERS = [
  'accept',
  'content-type',
  'range',
  'if-range',
  'if-none-match',
  'last-event-id',
  ...READER_HEADERS,
];
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-range',
  'content-disposition',
  'accept-ranges',
  'etag',
  'location',
  'retry-after',
];

/**
 * Passes a request on with the session's token and streams the answer back, whatever its size. Only the named
 * headers cross, so that neither the cookie nor the token leaves its side.
 */
export async function forwardToApi(session: Session, request: Request, path: string): Promise<Response> {
  const headers = pick(request.headers, REQUEST_HEADERS);
  headers.set('authorization', `Bearer ${session.token}`);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const body = hasBody ? await request.text() : '';
  const answer = await fetchFromApi(`${apiUrl()}${path}`, {
    method: request.method,
    headers,
    redirect: 'manual',
    signal: request.signal,
    ...(body === '' ? {} : { body }),
  });
  const sent = pick(answer.headers, RESPONSE_HEADERS);
  sent.set('cache-control', 'private, no-store, no-transform');
  return new Response(answer.body, { status: answer.status, headers: sent });
}

function pick(from: Headers, names: readonly string[]): Headers {
  const picked = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) {
      picked.set(name, value);
    }
  }
  return picked;
}
