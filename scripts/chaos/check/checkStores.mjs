// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderBlobs } from '../../../storage/dist/blobs/folderBlobs.js';
import { openLedger } from '../../../storage/dist/ledger/openLedger.js';
import { openQueues } from '../../../storage/dist/queue/openQueues.js';
import { connectRedis } from '../../../storage/dist/redis/connectRedis.js';
import { submissionRecords } from '../../../storage/dist/submissions/submissionRecords.js';
import { KEY_PREFIX } from '../stage/openStage.mjs';

/** How long the queues may take to empty after the last round, in milliseconds: a lock, and a look for stalled jobs. */
const SETTLE_MS = 30_000;
const POLL_MS = 100;
/** Older than any draft that is still being written, in milliseconds. */
const DRAFT_AGED_MS = 25 * 60 * 60 * 1000;
/** What a published attempt keeps. */
const KEPT =
  'adapter_config.json adapter_model.safetensors lineage.json result.json spectrum.json weights.json';

/**
 * @typedef {object} Remains what kills have left in the stores
 * @property {string[]} faults what should not be there, or should and is not
 * @property {number} drafts younger than a day, which the sweep of drafts removes then; they are gone now
 * @property {number} orphans uploads that nobody was told of, which no record names
 * @property {number} orphanBytes
 */

/**
 * Looks at what lies in Redis and on the disk once all rounds have ended.
 *
 * @param {import('../stage/openStage.mjs').Stage} stage whose workers run
 * @param {readonly import('../round/playRound.mjs').PlayedRound[]} rounds all that were played
 * @returns {Promise<Remains>}
 */
export async function checkStores(stage, rounds) {
  const redis = connectRedis(stage.redis.url, { onError: () => {} });
  const ledger = openLedger(redis, { prefix: KEY_PREFIX });
  const queues = openQueues(redis, KEY_PREFIX);
  try {
    const faults = await checkQueues([queues.aggregate, queues.publish, queues.sum]);
    await stage.stopProcesses();
    let [orphans, orphanBytes] = [0, 0];
    for (const { federation, number, acknowledged } of rounds) {
      const records = await submissionRecords(ledger, federation.name, number);
      const at = `${federation.name}, round ${number}`;
      const folder = join(stage.blobDir, 'federations', federation.name, 'rounds', String(number));
      for (const [client, sha256] of acknowledged) {
        const record = records.find(({ receipt }) => receipt.client === client);
        const file = record && join(stage.blobDir, record.blob, 'adapter_model.safetensors');
        if (!file || digestOf(file) !== sha256)
          faults.push(`${at}: the bytes of ${client} are not on the disk`);
      }
      const known = new Set(records.map(({ blob }) => join(stage.blobDir, blob, '.')));
      for (const upload of uploadsIn(join(folder, 'submissions'))) {
        if (known.has(upload)) continue;
        orphans += 1;
        orphanBytes += sizeOf(upload);
      }
      faults.push(...checkAttempts(join(folder, 'adapters')).map((fault) => `${at}: ${fault}`));
    }
    const { drafts, left } = await sweepDrafts(stage.blobDir);
    if (left.length > 0) faults.push(`the sweep left drafts: ${left.join(', ')}`);
    return { faults, drafts, orphans, orphanBytes };
  } finally {
    await queues.close();
    redis.disconnect();
  }
}

/** @param {readonly { name: string, getJobCounts: () => Promise<Record<string, number>> }[]} queues */
async function checkQueues(queues) {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const counts = await Promise.all(
      queues.map(async (queue) => ({ name: queue.name, jobs: await queue.getJobCounts() })),
    );
    const busy = counts.flatMap(({ name, jobs }) =>
      Object.entries(jobs).flatMap(([state, count]) => (count > 0 ? [`${count} ${state} in ${name}`] : [])),
    );
    if (busy.length === 0) return [];
    if (performance.now() > until) return [`jobs are left: ${busy.join(', ')}`];
    await sleep(POLL_MS);
  }
}

/** @param {string} file */
function digestOf(file) {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/**
 * Folders of uploads, two levels down: the client's, the upload's.
 *
 * @param {string} folder
 */
const uploadsIn = (folder) =>
  list(folder).flatMap((client) => list(join(folder, client)).map((upload) => join(folder, client, upload)));

/** @param {string} folder */
const sizeOf = (folder) => list(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

/**
 * One adapter, one attempt, whole, and nothing beside it.
 *
 * @param {string} folder
 */
function checkAttempts(folder) {
  const attempts = list(folder).flatMap((adapter) =>
    list(join(folder, adapter)).map((at) => join(adapter, at)),
  );
  if (attempts.length !== 1) return [`${attempts.length} attempts lie on the disk`];
  const files = list(join(folder, attempts[0] ?? '')).join(' ');
  return files === KEPT ? [] : [`the attempt holds ${files}`];
}

/**
 * Drafts of killed processes are kept for a day, in case somebody still writes to them. Nobody does here, so they are
 * made a day older, and swept.
 *
 * @param {string} blobDir
 */
async function sweepDrafts(blobDir) {
  const tmp = join(blobDir, 'tmp');
  const drafts = list(tmp);
  const old = (Date.now() - DRAFT_AGED_MS) / 1000;
  for (const draft of drafts) utimesSync(join(tmp, draft), old, old);
  await (await folderBlobs(blobDir)).sweepDrafts();
  return { drafts: drafts.length, left: list(tmp) };
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
