// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../../worker/dist/aggregation/inParallel.js';
import { Complaint } from '../terminal/complaint.mjs';
import { drawConduct } from './drawPopulation.mjs';
import { listAll } from './listAll.mjs';
import { makeSubmission } from './makeSubmission.mjs';
import { REQUESTS_MAX } from './openStage.mjs';
import { submit } from './submit.mjs';

/** How often a round is looked at, in milliseconds. */
const POLL_MS = 100;
/** A round that has not ended by then hangs, in milliseconds. */
const ROUND_MS = 120_000;
/** How long after the deadline a straggler is done, in milliseconds. */
const STRAGGLE_MS = 300;

/** @typedef {import('./openStage.mjs').Stage} Stage */
/** @typedef {import('./drawPopulation.mjs').Person} Person */
/**
 * @typedef {object} Sent what a client sent for which round, by the digest of the file
 * @property {Person} person
 * @property {number} seed
 */
/**
 * @typedef {object} PlayedRound
 * @property {number} number
 * @property {any} round as the api tells it in the end
 * @property {number} invited
 * @property {number} accepted submissions that a receipt says count in this round
 * @property {number} carried submissions that came late and were kept for the next round
 * @property {number} refused submissions that were refused
 * @property {string[]} acknowledged names of the clients whose submission was accepted for this round
 */

/**
 * One round: whoever is invited asks what to do and does it, at once, late within the grace, too late or not at all.
 *
 * @param {Stage} stage
 * @param {Map<string, Sent>} sent gets what every client sends
 * @returns {Promise<PlayedRound>}
 * @throws {Complaint} when the round does not end, or a client is told something else than it should be
 */
export async function playRound(stage, sent) {
  const { api, path, options } = stage;
  const { number, deadlineAt } = await api.json('POST', `${path}/rounds`);
  const deadline = Date.parse(deadlineAt);
  const round = `${path}/rounds/${number}`;
  const participants = await listAll(api, `${round}/participants`);
  const invited = participants.flatMap(({ client, invited }) => (invited ? [clientOf(stage, client)] : []));
  const groups = { prompt: invited.slice(0, 0), straggler: invited.slice(0, 0), late: invited.slice(0, 0) };
  for (const client of invited) {
    const conduct = drawConduct(options, client.person, number);
    if (conduct !== 'dropout') groups[conduct].push(client);
  }
  await inParallel(groups.straggler, REQUESTS_MAX, async ({ api: own }) => {
    await own.json('POST', `${round}/heartbeat`, { state: 'training', step: 1, total: 10 });
  });
  const answers = await sendAll(stage, { round, number, trainBy: deadline }, groups.prompt, sent);
  await sleep(Math.max(0, deadline - Date.now()) + STRAGGLE_MS);
  answers.push(...(await sendAll(stage, { round, number }, groups.straggler, sent)));
  const ended = await awaitEnd(api, round);
  answers.push(...(await sendAll(stage, { round, number }, groups.late, sent)));
  const count = (/** @type {string} */ outcome) => answers.filter((each) => each.outcome === outcome).length;
  return {
    number,
    round: ended,
    invited: invited.length,
    accepted: count('accepted'),
    carried: count('carried'),
    refused: count('refused'),
    acknowledged: answers.flatMap(({ outcome, name }) => (outcome === 'accepted' ? [name] : [])),
  };
}

/**
 * @param {Stage} stage
 * @param {string} name
 */
function clientOf({ clients }, name) {
  const client = clients.get(name);
  if (!client) throw new Complaint(`The round invites ${name}, whom nobody registered.`);
  return client;
}

/**
 * Whose submission counts has been told to train, unless it asked after `trainBy`: past the deadline, who has not
 * reported is told to wait, and yet counts while the grace goes on for others. On a slow machine even those who are
 * prompt come that late.
 *
 * @param {Stage} stage
 * @param {{ round: string, number: number, trainBy?: number }} place the round's path and number; a Unix time in ms
 * @param {readonly ReturnType<typeof clientOf>[]} clients
 * @param {Map<string, Sent>} sent
 */
async function sendAll({ url, path, options }, { round, number, trainBy = Infinity }, clients, sent) {
  const seed = options.seed * 1_000_003 + number;
  return inParallel(clients, REQUESTS_MAX, async ({ person, token, api }) => {
    const { action, round: assigned } = await api.json('GET', `${path}/assignment`);
    const trains = (action === 'train' && assigned === number) || Date.now() >= trainBy;
    const made = makeSubmission(person, seed);
    sent.set(made.sha256, { person, seed });
    const resource = `${round}/submissions/${person.name}`;
    const answer = await submit(url, token, resource, person.examples, made);
    if (answer.outcome === 'accepted' && !trains) {
      throw new Complaint(
        `${person.name} was told to ${action}, though round ${number} takes its submission.`,
      );
    }
    return { ...answer, name: person.name };
  });
}

/**
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} path of the round
 */
async function awaitEnd(api, path) {
  const until = performance.now() + ROUND_MS;
  for (;;) {
    const round = await api.json('GET', path);
    if (round.state === 'published' || round.state === 'failed') return round;
    if (performance.now() > until) {
      throw new Complaint(`${path} is still ${round.state}; it waits for ${round.waitingFor.join(', ')}.`);
    }
    await sleep(POLL_MS);
  }
}
