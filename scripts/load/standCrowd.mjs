// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { watchMemory } from '../bench/measure/watchMemory.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { findMissing } from './findMissing.mjs';
import { openFederation, PATH } from './openFederation.mjs';
import { openListeners } from './openListeners.mjs';
import { readOn } from './readOn.mjs';

/** Clients of the round before, whose spectrum is read meanwhile. */
const FIRST_CLIENTS = 2;
const POLL_MS = 100;

/**
 * @typedef {object} Crowd
 * @property {import('./uploadAll.mjs').Uploads} uploads
 * @property {import('./readOn.mjs').Reads[]} reads
 * @property {number[]} delays of events, in seconds
 * @property {number} peakBytes of the api
 * @property {string[]} faults
 */

/**
 * Everybody uploads at once, while others read and listen.
 *
 * @param {import('../bench/service/openBenchService.mjs').BenchService} service
 * @param {string} token of the operator
 * @param {import('./readOptions.mjs').Options} options
 * @param {import('./makeFiles.mjs').Files} files
 * @param {(progress: string) => void} progress
 * @returns {Promise<Crowd>}
 */
export async function standCrowd(service, token, options, files, progress) {
  progress('clients register');
  const federation = await openFederation(service, options.clients, files);
  progress('a first round is published');
  const first = await federation.openRound();
  await federation.upload(first, Math.min(FIRST_CLIENTS, options.clients));
  await service.api.json('POST', `${first}/close`);
  await published(service.api, first);
  const round = await federation.openRound();
  progress(`${options.listeners} listeners connect`);
  const listeners = await openListeners(`${service.url}${PATH}/events`, token, options.listeners);
  const memory = watchMemory(service.pids('api'));
  const readers = readOn(service.url, token, [round, `${first}/spectrum`]);
  progress(`${options.clients} clients upload`);
  const uploads = await federation.upload(round, options.clients);
  const reads = await readers.stop();
  const late = await listeners.awaitAll('submission.accepted', options.clients);
  memory.stop();
  const broken = listeners.broken();
  listeners.close();
  progress('every submission is looked for');
  const faults = await findMissing(service, round, uploads, files);
  if (late > 0) faults.push(`${late} event streams missed submissions`);
  if (broken > 0) faults.push(`${broken} event streams broke off`);
  for (const { path, failures } of reads) {
    if (failures.length > 0) faults.push(`${failures.length} reads of ${path} failed: ${failures[0]}`);
  }
  await service.remove(PATH);
  return { uploads, reads, delays: listeners.delays(), peakBytes: memory.peak().peakBytes, faults };
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} path of the round
 */
async function published(api, path) {
  for (;;) {
    const { state } = await api.json('GET', path);
    if (state === 'published') return;
    if (state !== 'aggregating') throw new Complaint(`The first round ended as ${state}.`);
    await sleep(POLL_MS);
  }
}
