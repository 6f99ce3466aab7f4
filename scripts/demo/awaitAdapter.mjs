// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { Complaint } from '../terminal/complaint.mjs';

/** How often the service is asked, in milliseconds. */
const POLL_MS = 100;
/** A service that computes gets a module done in less than this, in milliseconds. */
const STALL_MS = 120_000;

/** @typedef {import('../../core/src/schemas/adapter.js').Adapter} Adapter */
/** @typedef {import('../../core/src/schemas/adapter.js').AdapterResult} AdapterResult */
/** @typedef {{ id: string, result: AdapterResult }} Published */

/**
 * Waits until an adapter is published.
 *
 * @param {import('./openApi.mjs').Api} api
 * @param {string} path of the round
 * @param {string} id
 * @param {(progress: string) => void} progress
 * @returns {Promise<Published>}
 * @throws {Complaint} when its aggregation failed, was cancelled or stands still
 */
export async function awaitAdapter(api, path, id, progress) {
  let done = 0;
  let moved = performance.now();
  for (;;) {
    const { state } = await api.json('GET', path);
    if (state === 'cancelled') throw new Complaint('The round was cancelled.');
    /** @type {{ items: Adapter[] }} */
    const { items } = await api.json('GET', `${path}/adapters`);
    const adapter = items.find((each) => each.id === id);
    if (adapter?.state === 'published' && adapter.result) return { id, result: adapter.result };
    if (adapter?.error) throw new Complaint(`The aggregation failed: ${adapter.error.detail}`);
    if (adapter) progress(`${adapter.progress.done} of ${adapter.progress.total} modules`);
    if (adapter && adapter.progress.done > done) {
      done = adapter.progress.done;
      moved = performance.now();
    }
    if (performance.now() - moved > STALL_MS) {
      throw new Complaint(
        `The aggregation has not moved for ${STALL_MS / 1000} s; the worker's log may say why.`,
      );
    }
    await sleep(POLL_MS);
  }
}
