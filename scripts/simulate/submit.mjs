// @ts-check
import { Complaint } from '../terminal/complaint.mjs';

/** @typedef {{ outcome: 'accepted' | 'carried' | 'refused', code?: string }} Answer what became of a submission */

/**
 * Sends an adapter as its client.
 *
 * @param {string} url of the service
 * @param {string} token of the client
 * @param {string} path of the submission
 * @param {number} numExamples
 * @param {import('./makeSubmission.mjs').Made} made
 * @returns {Promise<Answer>}
 * @throws {Complaint} for an answer that is neither a receipt for the bytes nor a refusal
 */
export async function submit(url, token, path, numExamples, { file, config, sha256 }) {
  const form = new FormData();
  form.append('num_examples', String(numExamples));
  form.append('config', new Blob([config]), 'adapter_config.json');
  form.append('adapter', new Blob([file]), 'adapter_model.safetensors');
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url + path, { method: 'PUT', headers, body: form });
  /** @type {{ sha256?: string, carried?: object, code?: string }} */
  const answer = /** @type {any} */ (await response.json());
  if (response.status === 409) return { outcome: 'refused', ...(answer.code ? { code: answer.code } : {}) };
  if (!response.ok || answer.sha256 !== sha256) {
    throw new Complaint(`PUT ${path} was answered with ${response.status}: ${JSON.stringify(answer)}`);
  }
  return { outcome: answer.carried ? 'carried' : 'accepted' };
}
