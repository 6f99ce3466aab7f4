// @ts-check
import { mkdir, rm } from 'node:fs/promises';
import { takeTurns } from '../bench/measure/takeTurns.mjs';
import { run } from '../processes/run.mjs';
import { openFederation, PATH } from './openFederation.mjs';
import { startNginx } from './startNginx.mjs';
import { storeAlone } from './storeAlone.mjs';
import { uploadAll } from './uploadAll.mjs';

/**
 * @typedef {object} Race
 * @property {import('../bench/measure/takeTurns.mjs').Contest} contest seconds that Florist and nginx took
 * @property {number[]} synced seconds of nginx's turns with a sync of its files behind it
 * @property {number[]} alone seconds that writing the files took and syncing each, without any server, turn by turn
 */

/**
 * The same clients send the same files to Florist and to nginx's WebDAV, in turns; beside them the disk alone.
 *
 * @param {import('../bench/service/openBenchService.mjs').BenchService} service
 * @param {string} folder for nginx
 * @param {import('./readOptions.mjs').Options} options
 * @param {import('./makeFiles.mjs').Files} files
 * @param {(progress: string) => void} progress
 * @returns {Promise<Race>}
 */
export async function raceNginx(service, folder, { clients, turns }, files, progress) {
  const nginx = await startNginx(folder);
  /** @type {number[]} */
  const synced = [];
  /** @type {number[]} */
  const alone = [];
  const ours = async () => {
    const federation = await openFederation(service, clients, files);
    const round = await federation.openRound();
    const { seconds, answers } = await federation.upload(round, clients);
    expectAll(answers, 'Florist');
    await service.remove(PATH);
    return seconds;
  };
  const theirs = async () => {
    const { seconds, answers } = await uploadAll(clients, (client) => ({
      url: `${nginx.url}/${client}.safetensors`,
      headers: {},
      body: files.parts(client),
    }));
    expectAll(answers, 'nginx');
    const begun = performance.now();
    await run('sync', ['-f', nginx.files]);
    synced.push(seconds + (performance.now() - begun) / 1000);
    await rm(nginx.files, { recursive: true });
    await mkdir(nginx.files);
    alone.push(await storeAlone(folder, clients, files));
    return seconds;
  };
  try {
    const contest = await takeTurns(
      { turn: ours, warmUps: 1 },
      { turn: theirs, warmUps: 1 },
      turns,
      progress,
    );
    return { contest, synced: synced.slice(-turns), alone: alone.slice(-turns) };
  } finally {
    await nginx.stop();
  }
}

/**
 * @param {readonly import('./send.mjs').Answer[]} answers
 * @param {string} who
 */
function expectAll(answers, who) {
  const wrong = answers.find(({ status }) => status !== 201);
  if (wrong) throw new Error(`${who} answered with ${wrong.status}: ${wrong.text.slice(0, 200)}`);
}
