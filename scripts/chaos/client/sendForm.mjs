// @ts-check
import { request } from 'node:http';

/**
 * @typedef {object} Form
 * @property {Buffer} body
 * @property {string} contentType
 */

/**
 * A submission as curl -F would send it.
 *
 * @param {import('../../simulate/makeSubmission.mjs').Made} made
 * @param {number} numExamples
 * @returns {Promise<Form>}
 */
export async function encodeForm({ file, config }, numExamples) {
  const form = new FormData();
  form.append('num_examples', String(numExamples));
  form.append('config', new Blob([config]), 'adapter_config.json');
  form.append('adapter', new Blob([file]), 'adapter_model.safetensors');
  const response = new Response(form);
  const contentType = response.headers.get('content-type') ?? '';
  return { body: Buffer.from(await response.arrayBuffer()), contentType };
}

/**
 * Sends a form over a connection of its own, stopping at one byte for something to happen.
 *
 * @param {string} url
 * @param {string} token
 * @param {Form} form
 * @param {{ at: number, happen: () => Promise<void> }} [pause] after how many bytes, all of them at most
 * @returns {Promise<{ status: number, retryAfter: string | null, bytes: Buffer }>}
 * @throws the system's error when the connection breaks
 */
export function sendForm(url, token, { body, contentType }, pause) {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'PUT',
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': contentType,
        'content-length': body.length,
      },
    });
    sending.once('error', reject);
    sending.once('response', (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const retryAfter = response.headers['retry-after'] ?? null;
        resolve({ status: response.statusCode ?? 0, retryAfter, bytes: Buffer.concat(chunks) });
      });
    });
    if (pause === undefined) {
      sending.end(body);
      return;
    }
    sending.write(body.subarray(0, pause.at), () => {
      void pause.happen().then(() => sending.end(body.subarray(pause.at)));
    });
  });
}
