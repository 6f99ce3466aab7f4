import type { ServerResponse } from 'node:http';

/** Aborts when whoever waits for the response has gone, also if that was before anybody asked. */
export function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}
