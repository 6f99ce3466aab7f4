// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from '../../service/waitUntilReady.mjs';

/** Between two looks, in milliseconds: balancers of load look about once a second, and an api drains for three. */
const LOOK_MS = 500;

/**
 * @typedef {object} ReadyWatch
 * @property {(url: string) => boolean} serves whether an api takes requests, as /readyz said last; true of all before
 * @property {() => Promise<void>} stop
 */

/**
 * Asks apis whether they take requests, as what shares out load between them does.
 *
 * @param {readonly string[]} urls
 * @returns {ReadyWatch}
 */
export function watchReady(urls) {
  /** @type {Set<string>} */
  const away = new Set();
  const stopping = new AbortController();
  const look = async (/** @type {string} */ url) => {
    if (await answers(`${url}/readyz`)) away.delete(url);
    else away.add(url);
  };
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await Promise.all(urls.map(look));
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
    away.clear();
  };
  const watching = watch();
  return {
    serves: (url) => !away.has(url),
    stop: () => {
      stopping.abort();
      return watching;
    },
  };
}
