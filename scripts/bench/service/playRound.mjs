// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { uploadAdapters } from '../../demo/uploadAdapters.mjs';
import { Complaint } from '../../terminal/complaint.mjs';
import { watchMemory } from '../measure/watchMemory.mjs';
import { openFederation } from './openFederation.mjs';

/** How often the round is asked whether it is published, in milliseconds. */
const POLL_MS = 10;

const FEDERATION = 'bench';

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
  const played = await timeRound(service, round);
  await service.remove(path);
  return played;
}

/**
 * @param {BenchService} service
 * @param {string} round its path
 * @returns {Promise<PlayedRound>}
 */
async function timeRound({ api, pids }, round) {
  const memory = watchMemory(pids('worker'));
  const begun = performance.now();
  await api.json('POST', `${round}/close`);
  const published = await awaitPublished(api, round).finally(memory.stop);
  const seconds = (performance.now() - begun) / 1000;
  const { closedAt = '', publishedAt = '', adapter } = published;
  return {
    seconds,
    ownSeconds: (Date.parse(publishedAt) - Date.parse(closedAt)) / 1000,
    computeSeconds: adapter?.result?.computeSeconds ?? 0,
    ...memory.peak(),
    rank: adapter?.result?.totalRank ?? 0,
    bytes: adapter?.result?.bytes ?? 0,
  };
}

/**
 * @param {import('../../demo/openApi.mjs').Api} api
 * @param {string} path of the round
 * @returns {Promise<Round>}
 */
async function awaitPublished(api, path) {
  for (;;) {
    /** @type {Round} */
    const round = await api.json('GET', path);
    if (round.state === 'published') return round;
    if (round.state !== 'aggregating') {
      throw new Complaint(`The round ended as ${round.state}: ${round.error?.detail ?? 'no reason given'}`);
    }
    await sleep(POLL_MS);
  }
}
