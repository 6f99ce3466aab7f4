// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApi } from '../demo/openApi.mjs';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { startService } from '../service/startService.mjs';
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { checkRound } from './checkRound.mjs';
import { drawPopulation } from './drawPopulation.mjs';
import { openStage } from './openStage.mjs';
import { playRound } from './playRound.mjs';
import { printSimulation } from './printSimulation.mjs';
import { readOptions } from './readOptions.mjs';

/** @typedef {import('./openStage.mjs').Stage} Stage */
/**
 * @typedef {object} Outcome how one federation went
 * @property {import('./readOptions.mjs').PolicyName} policy
 * @property {import('./playRound.mjs').PlayedRound[]} rounds
 * @property {import('./checkRound.mjs').Verdict[]} verdicts of those that were published
 */

/**
 * The command: federations of the same clients under each policy, on loopback, judged by an oracle.
 *
 * @returns {Promise<number>} exit code: 0 when everything is as it should be
 */
export async function simulate() {
  const options = readOptions(process.argv.slice(2));
  const dataDir = await mkdtemp(join(tmpdir(), 'florist-simulation-'));
  const env = {
    ...process.env,
    ...cleanEnvironment(),
    HOST: '127.0.0.1',
    PORT: '0',
    FLORIST_DATA_DIR: dataDir,
  };
  const service = await step('Starting the service', () => startService(env, { headless: true }));
  try {
    const api = openApi(service.url, service.operator.token);
    const population = drawPopulation(options);
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const policy of options.policies) {
      const title = `${options.rounds} rounds, policy ${policy}`;
      outcomes.push(
        await step(title, async (progress) => {
          const stage = await openStage(service.url, api, options, policy, population, progress);
          return playFederation(stage, progress);
        }),
      );
    }
    const { text, faults } = printSimulation(options, population, outcomes);
    say(text);
    return faults === 0 ? 0 : 1;
  } finally {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param {Stage} stage
 * @param {(progress: string) => void} progress
 * @returns {Promise<Outcome>}
 */
async function playFederation(stage, progress) {
  /** @type {Map<string, import('./playRound.mjs').Sent>} */
  const sent = new Map();
  /** @type {Outcome} */
  const outcome = { policy: stage.policy, rounds: [], verdicts: [] };
  for (let at = 1; at <= stage.options.rounds; at++) {
    progress(`${stage.policy}: round ${at} of ${stage.options.rounds}`);
    const played = await playRound(stage, sent);
    outcome.rounds.push(played);
    if (played.round.state === 'published') outcome.verdicts.push(await checkRound(stage, played, sent));
  }
  return outcome;
}
