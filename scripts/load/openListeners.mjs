// @ts-check
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../service/readEvents.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** Streams opened at a time, so that the server's queue of connections does not overflow. */
const OPENING_MAX = 100;
/** How long to wait for the last events to arrive, in milliseconds, and how often to look. */
const ARRIVAL_MS = 30_000;
const LOOK_MS = 100;

/**
 * @typedef {object} Listeners
 * @property {(type: string, count: number) => Promise<number>} awaitAll waits until every stream has had so many events
 *   of a type; resolves to how many streams have not, in the end
 * @property {() => number[]} delays from an event to its arrival, in seconds, of a sample
 * @property {() => number} broken streams that ended by themselves
 * @property {() => void} close
 */

/** One arrival in so many is timed. */
const SAMPLE_EVERY = 50;

/**
 * Opens event streams that count what comes.
 *
 * @param {string} url of the stream
 * @param {string} token
 * @param {number} count
 * @returns {Promise<Listeners>}
 */
export async function openListeners(url, token, count) {
  /** @type {Map<string, number>[]} */
  const counts = [];
  /** @type {number[]} */
  const delays = [];
  /** @type {import('node:http').ClientRequest[]} */
  const requests = [];
  let broken = 0;
  let seen = 0;
  let closing = false;
  const open = () =>
    new Promise((resolve, reject) => {
      /** @type {Map<string, number>} */
      const own = new Map();
      counts.push(own);
      const request = get(url, { agent: false, headers: { authorization: `Bearer ${token}` } });
      requests.push(request);
      request.on('error', (error) => {
        if (!closing) reject(new Complaint(`An event stream could not be opened: ${error.message}.`));
      });
      request.on('response', (response) => {
        if (response.statusCode !== 200) {
          reject(new Complaint(`An event stream was answered with ${response.statusCode}.`));
        }
        readEvents(response, (event) => {
          own.set(event.type, (own.get(event.type) ?? 0) + 1);
          if (seen++ % SAMPLE_EVERY === 0) delays.push((Date.now() - Date.parse(event.at)) / 1000);
        });
        response.on('close', () => {
          if (!closing) broken += 1;
        });
        response.on('error', () => {});
        resolve(undefined);
      });
    });
  for (let opened = 0; opened < count; opened += OPENING_MAX) {
    await Promise.all(Array.from({ length: Math.min(OPENING_MAX, count - opened) }, open));
  }
  return {
    async awaitAll(type, wanted) {
      const until = performance.now() + ARRIVAL_MS;
      const late = () => counts.filter((own) => (own.get(type) ?? 0) < wanted).length;
      while (late() > 0 && performance.now() < until) await sleep(LOOK_MS);
      return late();
    },
    delays: () => delays,
    broken: () => broken,
    close() {
      closing = true;
      for (const request of requests) request.destroy();
    },
  };
}
