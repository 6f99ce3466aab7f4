// @ts-check
import { createHash } from 'node:crypto';
import { Complaint } from '../../terminal/complaint.mjs';

/**
 * @typedef {object} Outcome what a round has published, as a digest of every file and the numbers that go with it
 * @property {string} model SHA-256 of adapter_model.safetensors
 * @property {string} config of adapter_config.json
 * @property {string} spectrum of its JSON
 * @property {string} weights of its JSON
 */

const FILES = {
  model: 'adapter/adapter_model.safetensors',
  config: 'adapter/adapter_config.json',
  spectrum: 'spectrum',
  weights: 'weights',
};

/**
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('../round/federations.mjs').Federation} federation
 * @param {number} number of a published round
 * @returns {Promise<Outcome>}
 */
export async function readOutcome(operator, { path }, number) {
  const digests = await Promise.all(
    Object.entries(FILES).map(async ([name, file]) => {
      const { status, bytes } = await operator.ask('GET', `${path}/rounds/${number}/${file}`);
      if (status !== 200) throw new Complaint(`${path}/rounds/${number}/${file}: ${status} ${bytes}`);
      return [name, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
  return Object.fromEntries(digests);
}
