// @ts-check
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from '../processes/root.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** The small adapters that every seeded round gets: one module size, two clients. */
const GOLDEN = inRoot('core', 'test', 'golden', 'homogeneous');
const CLIENTS = ['client-0', 'client-1'];
const FILES = /** @type {const} */ (['adapter_config.json', 'adapter_model.safetensors']);

/** Federations that lose their parts: what DELETE is tried on, so that the others keep theirs. */
const DOOMED = 6;

/** How long a worker may take for a round of four small modules, in milliseconds, on a machine that is busy. */
const PUBLISH_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/**
 * @typedef {object} Seeds names of what exists, by the parameter that means it
 * @property {string[]} federations that keep their parts
 * @property {string[]} doomed federations that may be taken apart
 * @property {string[]} clients of each federation
 * @property {string[]} rounds of each federation
 * @property {string[]} adapters of each first round
 * @property {string[]} webhooks
 * @property {string} clientToken of a client of the first federation
 * @property {string} files where the parts of a submission lie
 */

/**
 * Plays what a service knows after a while: a federation with a published round of two adapters, evaluations, a
 * webhook and a round that collects, and others to be taken apart.
 *
 * @param {import('../demo/openApi.mjs').Api} api of the operator
 * @returns {Promise<Seeds>}
 */
export async function seedService(api) {
  const federations = ['alpha', 'beta'];
  const doomed = Array.from({ length: DOOMED }, (_, at) => `doomed-${at}`);
  const parts = await readParts();
  const webhooks = [];
  const tokens = [];
  for (const name of [...federations, ...doomed]) {
    const path = `/v1/federations/${name}`;
    tokens.push(await openFederation(api, name));
    if (federations.includes(name)) {
      await playRound(api, path, parts);
      const webhook = { url: WEBHOOK_URLS[0], types: ['round.published'] };
      webhooks.push((await api.json('POST', `${path}/webhooks`, webhook)).id);
    }
    await api.json('POST', `${path}/rounds`);
    const { number } = await api.json('GET', `${path}/rounds/latest`);
    await submit(api, `${path}/rounds/${number}`, CLIENTS[0] ?? '', parts);
  }
  return {
    ...{ federations, doomed, webhooks, clients: CLIENTS, clientToken: tokens[0] ?? '', files: GOLDEN },
    rounds: ['1', '2', 'latest'],
    adapters: ['a1', 'a2'],
  };
}

/** The top-level domain `invalid` leads nowhere (RFC 2606): no message leaves the machine. */
export const WEBHOOK_URLS = ['https://hooks.invalid/florist', 'https://other.invalid/?a=b'];

/** @typedef {Map<string, { config: Buffer<ArrayBuffer>, adapter: Buffer<ArrayBuffer> }>} Parts by client */

/** @returns {Promise<Parts>} */
async function readParts() {
  /** @type {Parts} */
  const parts = new Map();
  for (const client of CLIENTS) {
    const [config, adapter] = await Promise.all(FILES.map((name) => readFile(`${GOLDEN}/${client}/${name}`)));
    if (config && adapter) parts.set(client, { config, adapter });
  }
  return parts;
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} name
 * @returns {Promise<string>} the token of its first client
 */
async function openFederation(api, name) {
  await api.json('POST', '/v1/federations', { name });
  const tokens = [];
  for (const client of CLIENTS) {
    tokens.push((await api.json('PUT', `/v1/federations/${name}/clients/${client}`)).token);
  }
  return tokens[0];
}

/**
 * A first round with two adapters, both evaluated.
 *
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} path of the federation
 * @param {Parts} parts
 */
async function playRound(api, path, parts) {
  await api.json('POST', `${path}/rounds`);
  for (const client of CLIENTS) await submit(api, `${path}/rounds/1`, client, parts);
  await api.json('POST', `${path}/rounds/1/close`);
  await published(api, `${path}/rounds/1`, 'a1');
  await api.json('POST', `${path}/rounds/1/adapters`, { aggregation: { method: 'flexlora' } });
  await published(api, `${path}/rounds/1`, 'a2');
  for (const adapter of ['a1', 'a2']) {
    const score = { metric: 'loss', value: 0.5, numExamples: 10, higherIsBetter: false };
    await api.json('POST', `${path}/rounds/1/adapters/${adapter}/evaluations`, score);
  }
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} round path
 * @param {string} client
 * @param {Parts} parts
 */
async function submit(api, round, client, parts) {
  const part = parts.get(client);
  if (!part) throw new Error(`no adapter of ${client}`);
  const form = new FormData();
  form.set('num_examples', '100');
  form.set('config', new Blob([part.config]), FILES[0]);
  form.set('adapter', new Blob([part.adapter]), FILES[1]);
  await api.form('PUT', `${round}/submissions/${client}`, form);
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} round path
 * @param {string} id
 */
async function published(api, round, id) {
  const deadline = performance.now() + PUBLISH_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { items } = await api.json('GET', `${round}/adapters`);
    const found = items.find((/** @type {{ id: string }} */ adapter) => adapter.id === id);
    if (found?.state === 'published') return;
    if (found?.state === 'failed') throw new Complaint(`${round} could not make ${id}.`);
    await sleep(POLL_MS);
  }
  throw new Complaint(`${round} did not publish ${id} within ${PUBLISH_TIMEOUT_MS / 1000} s.`);
}
