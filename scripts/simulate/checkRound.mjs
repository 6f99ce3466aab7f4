// @ts-check
import { boundOf } from './boundOf.mjs';
import { combine, distance, norm } from './dense.mjs';
import { denseUpdate } from './denseUpdate.mjs';
import { listAll } from './listAll.mjs';
import { updateOf } from './makeSubmission.mjs';
import { weighDensely } from './weighDensely.mjs';

/** Of ‖ΔW‖²: what float32 factors may miss of what the round says it has kept. */
export const ERROR_MAX = 1e-5;
/** Rounding beside a bound that is exact. */
const SLACK = 1 + 1e-6;

/**
 * @typedef {object} Verdict what an oracle in float64 says of a published round
 * @property {number} error | ‖ΔW − B_g A_g‖² − (1 − energy kept) ‖ΔW‖² | / ‖ΔW‖²
 * @property {number} move ‖ΔW − μ‖ / ‖μ‖, μ the mean of the honest clients
 * @property {number} ofBound the same as a share of what is promised; 0 where nothing is
 * @property {number} took clients that took part
 * @property {number} malicious of these
 * @property {number} dropped
 * @property {number} clipped
 * @property {string[]} faults what is not as it should be
 */

/**
 * Judges a published round from the updates of those who took part, by definitions alone.
 *
 * @param {import('./openStage.mjs').Stage} stage
 * @param {import('./playRound.mjs').PlayedRound} played
 * @param {Map<string, import('./playRound.mjs').Sent>} sent
 * @returns {Promise<Verdict>}
 */
export async function checkRound({ api, path, policy, faulty }, played, sent) {
  const at = `${path}/rounds/${played.number}`;
  /** @type {string[]} */
  const faults = [];
  const submissions = await listAll(api, `${at}/submissions`);
  const names = new Set(submissions.map(({ client }) => client));
  for (const name of played.acknowledged)
    if (!names.has(name)) faults.push(`${name} has a receipt but does not count`);
  const people = submissions.map(({ client, sha256 }) => {
    const found = sent.get(sha256);
    if (found?.person.name !== client) faults.push(`${client} counts with a file that it has not sent`);
    return found;
  });
  const updates = people.map((each) => (each ? updateOf(each.person, each.seed) : new Float64Array(0)));
  const examples = submissions.map(({ numExamples, carried }) => numExamples * (carried?.weight ?? 1));
  const weighed = weighDensely(policy, faulty, updates, examples);
  const mean = combine(updates, weighed.weights);
  faults.push(...(await compareWeights(api, at, submissions, weighed.weights)));
  const published = await download(api, at);
  const kept = played.round.adapter.result.energyKept;
  const energy = norm(mean) ** 2;
  const error = Math.abs(distance(mean, published) ** 2 - (1 - kept) * energy) / energy;
  if (!(error <= ERROR_MAX)) faults.push(`the adapter is off by ${error.toExponential(1)} of ‖ΔW‖²`);
  const honest = people.map((each) => each !== undefined && each.person.misconduct === undefined);
  const honestMean = meanOf(updates, examples, honest);
  const moved = distance(mean, honestMean);
  const bound = boundOf(policy, faulty, updates, honest, honestMean, weighed);
  if (!(moved <= bound * SLACK)) faults.push(`malicious clients moved it by ${moved}, beyond ${bound}`);
  return {
    error,
    move: moved / norm(honestMean),
    ofBound: Number.isFinite(bound) ? moved / bound : 0,
    took: people.length,
    malicious: honest.filter((is) => !is).length,
    dropped: played.round.adapter.weighed?.dropped ?? 0,
    clipped: played.round.adapter.weighed?.clipped ?? 0,
    faults: faults.map((fault) => `round ${played.number}, ${policy}: ${fault}`),
  };
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} at path of the round
 * @param {readonly { client: string }[]} submissions
 * @param {readonly number[]} expected
 */
async function compareWeights(api, at, submissions, expected) {
  const { clients } = await api.json('GET', `${at}/weights`);
  const told = new Map(clients.map((/** @type {any} */ each) => [each.client, each.weight]));
  return submissions.flatMap(({ client }, k) => {
    const [weight, ought] = [told.get(client) ?? 0, expected[k] ?? 0];
    return Math.abs(weight - ought) <= 1e-6 ? [] : [`${client} weighs ${weight} and should weigh ${ought}`];
  });
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} at path of the round
 */
async function download(api, at) {
  const file = await api.bytes(`${at}/adapter/adapter_model.safetensors`);
  const config = await api.json('GET', `${at}/adapter/adapter_config.json`);
  return denseUpdate(file, config);
}

/**
 * @param {readonly Float64Array[]} updates
 * @param {readonly number[]} examples
 * @param {readonly boolean[]} members
 */
function meanOf(updates, examples, members) {
  const total = examples.reduce((sum, each, k) => sum + (members[k] ? each : 0), 0);
  return combine(
    updates,
    examples.map((each, k) => (members[k] ? each / total : 0)),
  );
}
