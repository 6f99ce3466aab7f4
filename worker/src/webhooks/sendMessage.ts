import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { hostOf } from '@florist/storage/webhooks/hostOf';
import { isPrivateAddress } from '@florist/storage/webhooks/isPrivateAddress';
import { PRIVATE_ADDRESS, publicLookup } from './publicLookup.js';

/** What a receiver may take to answer; it should note the message and work on it later. */
const ANSWER_MS = 10_000;

/** What came of one attempt: a status, or why there is none. */
export type Answer = { status: number } | { error: string };

/**
 * Posts a message once, over a connection of its own, and follows no redirects.
 * @param allowPrivate also http:// and private addresses
 */
export function sendMessage(
  target: string,
  headers: Record<string, string>,
  body: string,
  allowPrivate: boolean,
  answerMs = ANSWER_MS,
): Promise<Answer> {
  const url = new URL(target);
  const host = hostOf(url);
  if (!allowPrivate && url.protocol !== 'https:') return Promise.resolve({ error: 'not https' });
  if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
    return Promise.resolve({ error: 'private address' });
  }
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const outgoing = send(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(answerMs),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Florist-Webhooks/1',
      },
      // an address in the URL is not looked up; it was checked above
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    outgoing.once('response', (response) => {
      resolve({ status: response.statusCode ?? 0 });
      // what it says is of no interest, and could be endless
      response.destroy();
    });
    outgoing.on('error', (error) => resolve({ error: describe(error) }));
    outgoing.end(body);
  });
}

function describe(error: Error & { code?: string }): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.code === PRIVATE_ADDRESS ? 'private address' : (error.code ?? error.name);
}
