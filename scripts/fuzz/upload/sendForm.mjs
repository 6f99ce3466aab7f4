// @ts-check
import { Agent, request } from 'node:http';

/** A sender that waits longer for an answer than this, in milliseconds, has been forgotten. */
const ANSWER_MS_MAX = 20_000;

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** @typedef {{ status: number, type: string, text: string }} Answer */

/**
 * Sends a body in pieces; where `gone`, only the first half, and then breaks the connection.
 *
 * @param {string} url
 * @param {{ token: string, type: string, pieces: readonly Uint8Array[], chunked: boolean, gone: boolean }} sending
 * @returns {Promise<Answer | undefined>} nothing when the sender had gone
 */
export function sendForm(url, { token, type, pieces, chunked, gone }) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'PUT',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        ...(type && { 'content-type': type }),
        ...(chunked ? {} : { 'content-length': bytes }),
      },
    });
    sent.setTimeout(ANSWER_MS_MAX, () => sent.destroy(new Error('no answer came in time')));
    sent.once('error', (error) => (gone ? resolve(undefined) : reject(error)));
    sent.once('response', (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    const [last, begin] = gone
      ? [pieces.length / 2, pieces.slice(0, pieces.length / 2)]
      : [pieces.length, pieces];
    for (const piece of begin) if (piece.length > 0) sent.write(piece);
    if (gone) sent.write(pieces[Math.floor(last)]?.subarray(0, 1) ?? '', () => sent.destroy());
    else sent.end();
  });
}

/** Closes the connections that are kept. */
export const closeConnections = () => agent.destroy();
