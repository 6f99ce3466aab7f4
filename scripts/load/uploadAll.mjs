// @ts-check
import { Agent } from 'node:http';
import { send } from './send.mjs';

/** @typedef {import('./makeFiles.mjs').Files} Files */
/**
 * @typedef {object} Uploads
 * @property {number} seconds from the first byte of the first to the last answer
 * @property {number[]} latencies of each upload in seconds, retries included
 * @property {number} retries
 * @property {import('./send.mjs').Answer[]} answers by client
 */

const BOUNDARY = 'florist-load-7f3a9c';

/**
 * Clients who upload all at once, each on a connection of its own.
 *
 * @param {number} clients
 * @param {(client: number) => Omit<import('./send.mjs').Sending, 'agent'>} sendingOf
 * @returns {Promise<Uploads>}
 */
export async function uploadAll(clients, sendingOf) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const begun = performance.now();
  /** @type {number[]} */
  const latencies = [];
  const answers = await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const answer = await send({ ...sendingOf(client), agent });
      latencies.push((performance.now() - begun) / 1000);
      return answer;
    }),
  );
  agent.destroy();
  const retries = answers.reduce((sum, answer) => sum + answer.retries, 0);
  return { seconds: (performance.now() - begun) / 1000, latencies, retries, answers };
}

/**
 * The form of a submission, as curl -F sends it.
 *
 * @param {Files} files
 * @param {number} client
 * @returns {{ headers: Record<string, string>, body: Buffer[] }}
 */
export function formOf(files, client) {
  const field = (/** @type {string} */ name, /** @type {string} */ more) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const file = (/** @type {string} */ name) =>
    `; filename="${name}"\r\nContent-Type: application/octet-stream`;
  const head =
    `${field('num_examples', '')}${100 + client}\r\n` +
    `${field('config', file('adapter_config.json'))}${files.config}\r\n` +
    field('adapter', file('adapter_model.safetensors'));
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: [Buffer.from(head), ...files.parts(client), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)],
  };
}
