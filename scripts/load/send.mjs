// @ts-check
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits at most so long where the answer asks for patience, in seconds. */
const RETRY_AFTER_MAX = 5;
/** Sends again at most so often: with those waits some minutes, in which every crowd that the options allow is served. */
const RETRIES_MAX = 100;

/**
 * @typedef {object} Sending
 * @property {string} url
 * @property {import('node:http').Agent} agent
 * @property {Record<string, string>} headers
 * @property {readonly Buffer[]} body its pieces, which are not copied
 */

/** @typedef {{ status: number, text: string, retries: number }} Answer */

/**
 * PUTs a body, again after 503 and its Retry-After, or when the connection breaks before an answer.
 *
 * @param {Sending} sending
 * @returns {Promise<Answer>}
 */
export async function send(sending) {
  for (let retries = 0; ; retries++) {
    const { status, text, retryAfter } = await sendOnce(sending);
    if (status !== 503 || retries === RETRIES_MAX) return { status, text, retries };
    await sleep(1000 * Math.min(RETRY_AFTER_MAX, retryAfter));
  }
}

/**
 * @param {Sending} sending
 * @returns {Promise<{ status: number, text: string, retryAfter: number }>} 503 for a connection that was cut
 */
function sendOnce({ url, agent, headers, body }) {
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  return new Promise((resolve) => {
    let answered = false;
    const outgoing = request(url, {
      method: 'PUT',
      agent,
      headers: { ...headers, 'content-length': length },
    });
    outgoing.on('response', async (response) => {
      answered = true;
      let text = '';
      try {
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
      } catch {
        // the status says what became of it
      }
      const retryAfter = Number(response.headers['retry-after'] ?? 1);
      resolve({ status: response.statusCode ?? 0, text, retryAfter });
    });
    outgoing.on('error', (error) => {
      if (!answered) resolve({ status: 503, text: error.message, retryAfter: 1 });
    });
    for (const piece of body) outgoing.write(piece);
    outgoing.end();
  });
}
