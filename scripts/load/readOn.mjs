// @ts-check
import { Agent, get } from 'node:http';

/** Reads of one kind under way at a time: a few dashboards. */
const READERS = 4;

/** @typedef {{ path: string, latencies: number[], failures: string[] }} Reads of one path, in seconds */

/**
 * Reads paths again and again until told to stop.
 *
 * @param {string} url of the service
 * @param {string} token
 * @param {readonly string[]} paths
 * @returns {{ stop: () => Promise<Reads[]> }}
 */
export function readOn(url, token, paths) {
  const agent = new Agent({ keepAlive: true });
  let stopped = false;
  const kinds = paths.map((path) => {
    /** @type {Reads} */
    const reads = { path, latencies: [], failures: [] };
    const readers = Array.from({ length: READERS }, async () => {
      while (!stopped) {
        const begun = performance.now();
        const failure = await read(url + path, token, agent);
        if (failure === '') reads.latencies.push((performance.now() - begun) / 1000);
        else reads.failures.push(failure);
      }
    });
    return { reads, readers };
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(kinds.flatMap(({ readers }) => readers));
      agent.destroy();
      return kinds.map(({ reads }) => reads);
    },
  };
}

/**
 * @param {string} url
 * @param {string} token
 * @param {Agent} agent
 * @returns {Promise<string>} why it failed; empty when all is well
 */
function read(url, token, agent) {
  return new Promise((resolve) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200 ? '' : `status ${response.statusCode}`));
      response.on('error', (error) => resolve(error.message));
    });
    request.on('error', (error) => resolve(error.message));
  });
}
