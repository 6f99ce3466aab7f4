// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** How soon every api must have noticed, in milliseconds: an answer that does not come within two seconds is one. */
const NOTICED_MS = 10_000;
const POLL_MS = 100;

/**
 * Waits until every api says that it is not ready and names the part at fault.
 *
 * @param {readonly string[]} urls
 * @param {import('./listFaults.mjs').Fault} fault
 * @returns {Promise<string[]>} a line for each that does not
 */
export async function askReadiness(urls, { part }) {
  const lines = await Promise.all(
    urls.map(async (url) => {
      const until = performance.now() + NOTICED_MS;
      for (;;) {
        const response = await fetch(`${url}/readyz`);
        /** @type {any} */
        const answer = await response.json();
        const named = answer.errors?.some((/** @type {any} */ error) => error.field === part);
        if (response.status === 503 && named) return [];
        if (performance.now() > until) return [`/readyz says ${response.status} ${JSON.stringify(answer)}`];
        await sleep(POLL_MS);
      }
    }),
  );
  return lines.flat();
}
