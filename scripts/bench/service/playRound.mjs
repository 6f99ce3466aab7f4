// @ts-check
import { uploadAdapters } from '../../demo/uploadAdapters.mjs';
import { Complaint } from '../../terminal/complaint.mjs';
import { watchMemory } from '../measure/watchMemory.mjs';
import { openFederation } from './openFederation.mjs';

const FEDERATION = 'bench';

/** How an aggregation can end. */
const ENDS = ['round.published', 'round.failed', 'round.cancelled'];

/** @typedef {import('../../../core/src/schemas/round.js').Round} Round */
/** @typedef {import('./openBenchService.mjs').BenchService} BenchService */
/**
 * @typedef {object} PlayedRound
 * @property {number} seconds of the wall clock from before the request to close it until it was seen published
 * @property {number} ownSeconds by its own closedAt and publishedAt
 * @property {number} computeSeconds of aggregation alone, summed over modules
 * @property {number} peakBytes of the worker and its children between the two
 * @property {number} processes that this memory belongs to
 * @property {number} rank total, as published
 * @property {number} bytes of the published adapter
 */

/**
 * A round of a federation of its own, which is gone in the end: every client submits, then the round is closed and
 * timed.
 *
 * @param {BenchService} service
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet
 * @returns {Promise<PlayedRound>}
 * @throws {Complaint} when it fails
 */
export async function playRound(service, fleet) {
  const { url, api } = service;
  const { path, tokens } = await openFederation(api, FEDERATION, fleet);
  await api.json('POST', `${path}/rounds`);
  const round = `${path}/rounds/1`;
  const uploads = fleet.clients.map((client, at) => ({
    ...client,
    folder: fleet.folders[at] ?? '',
    bytes: 0,
  }));
  await uploadAdapters(url, { path: round, tokens }, uploads, () => {});
  const played = await timeRound(service, path, round);
  await service.remove(path);
  return played;
}

/**
 * @param {BenchService} service
 * @param {string} federation its path
 * @param {string} round its path
 * @returns {Promise<PlayedRound>}
 */
async function timeRound({ api, awaitEvent, pids }, federation, round) {
  const { arrived } = await awaitEvent(federation, ENDS);
  const memory = watchMemory(pids('worker'));
  const begun = performance.now();
  await api.json('POST', `${round}/close`);
  await arrived.finally(memory.stop);
  const seconds = (performance.now() - begun) / 1000;
  /** @type {Round} */
  const { state, error, closedAt = '', publishedAt = '', adapter } = await api.json('GET', round);
  if (state !== 'published') {
    throw new Complaint(`The round ended as ${state}: ${error?.detail ?? 'no reason given'}`);
  }
  return {
    seconds,
    ownSeconds: (Date.parse(publishedAt) - Date.parse(closedAt)) / 1000,
    computeSeconds: adapter?.result?.computeSeconds ?? 0,
    ...memory.peak(),
    rank: adapter?.result?.totalRank ?? 0,
    bytes: adapter?.result?.bytes ?? 0,
  };
}
