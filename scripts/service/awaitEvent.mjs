// @ts-check
import { get } from 'node:http';
import { Complaint } from '../terminal/complaint.mjs';
import { readEvents } from './readEvents.mjs';

/**
 * Listens for an event, which costs the service less than asking it again and again.
 *
 * @param {string} url of the event stream
 * @param {string} token
 * @param {readonly string[]} types any of which will do
 * @returns {Promise<{ arrived: Promise<void> }>} resolves when the stream is open
 */
export async function awaitEvent(url, token, types) {
  const request = get(url, { agent: false, headers: { authorization: `Bearer ${token}` } });
  /** @type {import('node:http').IncomingMessage} */
  const response = await new Promise((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  );
  if (response.statusCode !== 200) {
    throw new Complaint(`The event stream was answered with ${response.statusCode}.`);
  }
  /** @type {Promise<void>} */
  const arrived = new Promise((resolve, reject) => {
    response.on('close', () => reject(new Complaint('The event stream broke off.')));
    response.on('error', reject);
    readEvents(response, ({ type }) => {
      if (types.includes(type)) resolve();
    });
  });
  // reported to whoever waits; until someone does, it must not count as unhandled
  arrived.catch(() => {}).finally(() => request.destroy());
  return { arrived };
}
