// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { formatSeconds } from '../../terminal/format.mjs';
import { checkRound } from '../check/checkRound.mjs';
import { sendForm } from '../client/sendForm.mjs';
import { closeRound, openRound } from '../round/playRound.mjs';
import { watchRound } from '../round/watchRound.mjs';
import { askReadiness } from './askReadiness.mjs';

/** By when a fault has come that keeps the api from answering, in milliseconds. */
const NOTICED_MS = 1000;

/** @typedef {import('../openScene.mjs').Scene} Scene */
/** @typedef {import('../openScene.mjs').Played} Played */
/** @typedef {import('./listFaults.mjs').Fault} Fault */
/** @typedef {import('../round/federations.mjs').Federation} Federation */
/** @typedef {import('../round/inputs.mjs').Input} Input */

/**
 * Holds out a fault with one round that aggregates and one that still misses a submission. Meanwhile every api must
 * say at /readyz what keeps it from its work, and refuse the submission with Retry-After unless it only has to wait;
 * the round that aggregates must wait. Then everything must go on by itself, and publish what it would have published.
 *
 * @param {Scene} scene
 * @param {Fault} fault
 * @param {number} turn
 * @param {number} seconds that it lasts
 * @returns {Promise<Played>}
 */
export async function withstand(scene, fault, turn, seconds) {
  const { hands, federations, undisturbed } = scene;
  const [collecting, aggregating] = federations;
  if (!collecting || !aggregating) throw new Error('two federations are needed');
  const [first, second] = [undisturbed.of(collecting, turn), undisturbed.of(aggregating, turn)];
  const faults = /** @type {string[]} */ ([]);
  const open = await beginRound(scene, collecting, first.inputs.slice(1));
  const busy = await beginRound(scene, aggregating, second.inputs);
  await closeRound(hands.operator, aggregating, busy.number);
  await firstPart(scene, aggregating, busy.number);
  const { answer, began } = await meanwhile(
    scene,
    fault,
    collecting,
    open.number,
    first.inputs[0],
    seconds,
    faults,
  );
  const { json } = await hands.operator.ask('GET', `${aggregating.path}/rounds/${busy.number}`);
  if (json.state === 'failed')
    faults.push(`the round that aggregated has failed: ${JSON.stringify(json.error)}`);
  await submitAll(scene, collecting, open, first.inputs.slice(0, 1));
  await closeRound(hands.operator, collecting, open.number);
  const rounds = [];
  for (const [{ number, acknowledged }, federation, { inputs, outcome }] of /** @type {const} */ ([
    [busy, aggregating, second],
    [open, collecting, first],
  ])) {
    const round = await watchRound(hands.stage, hands.operator, federation, number, () => {});
    const played = { federation, number, round, acknowledged, kills: [], faults: [], seconds: 0 };
    faults.push(...(await checkRound(hands.operator, played, inputs, outcome)));
    rounds.push(played);
  }
  const after = formatSeconds((performance.now() - began) / 1000 - seconds);
  const told = [
    `a submission was answered with ${answer}; both rounds were published ${after} after its end.`,
  ];
  return { rounds, faults, told };
}

/** @typedef {{ number: number, acknowledged: Map<string, string> }} OpenRound */

/**
 * @param {Scene} scene
 * @param {Federation} federation
 * @param {readonly Input[]} inputs
 * @returns {Promise<OpenRound>}
 */
async function beginRound(scene, federation, inputs) {
  const number = await openRound(scene.hands.operator, federation);
  const opened = { number, acknowledged: new Map() };
  await submitAll(scene, federation, opened, inputs);
  return opened;
}

/**
 * @param {Scene} scene
 * @param {Federation} federation
 * @param {OpenRound} opened
 * @param {readonly Input[]} inputs
 */
async function submitAll({ hands }, { path, tokens }, { number, acknowledged }, inputs) {
  for (const { client, form } of inputs) {
    const token = tokens.get(client) ?? '';
    const { json } = await hands
      .client(token)
      .insist((url) => sendForm(`${url}${path}/rounds/${number}/submissions/${client}`, token, form));
    acknowledged.set(client, json.sha256);
  }
}

/**
 * Until a round has something to lose.
 *
 * @param {Scene} scene
 * @param {Federation} federation
 * @param {number} number
 */
async function firstPart({ hands }, federation, number) {
  const seen = new AbortController();
  await watchRound(
    hands.stage,
    hands.operator,
    federation,
    number,
    ({ parts }) => {
      if (parts.size > 0) seen.abort();
    },
    seen.signal,
  );
}

/**
 * @param {Scene} scene
 * @param {Fault} fault
 * @param {Federation} federation
 * @param {number} number
 * @param {Input | undefined} input
 * @param {number} seconds
 * @param {string[]} faults
 * @returns {Promise<{ answer: string, began: number }>}
 */
async function meanwhile({ hands }, fault, { path, tokens }, number, input, seconds, faults) {
  if (!input) throw new Error('nobody is left to submit');
  const token = tokens.get(input.client) ?? '';
  const [url = ''] = hands.stage.urls;
  const half = Math.floor(input.form.body.length / 2);
  if (!fault.whileSending) await fault.begin();
  let began = performance.now();
  const happen = async () => {
    await fault.begin();
    began = performance.now();
  };
  const target = `${url}${path}/rounds/${number}/submissions/${input.client}`;
  const sending = sendForm(target, token, input.form, fault.whileSending ? { at: half, happen } : undefined);
  const answered = sending.then(
    (answer) => judgeAnswer(answer, fault, faults),
    (error) => void faults.push(`the submission broke off: ${error}`),
  );
  await Promise.race(fault.answers ? [answered] : [answered, sleep(NOTICED_MS)]);
  if (fault.part !== undefined) faults.push(...(await askReadiness(hands.stage.urls, fault)));
  await sleep(Math.max(0, 1000 * seconds - (performance.now() - began)));
  await fault.end();
  return { answer: (await answered) ?? 'nothing', began };
}

/**
 * @param {{ status: number, retryAfter: string | null, bytes: Buffer }} answer
 * @param {Fault} fault
 * @param {string[]} faults
 */
function judgeAnswer({ status, retryAfter, bytes }, fault, faults) {
  const { code } = JSON.parse(bytes.toString());
  // a part that is slow, or back before the api gives up, has kept the request waiting, no more
  if (status === 201 && !fault.answers) return '201, after a wait';
  if (!fault.codes.includes(code)) faults.push(`a submission was answered with ${status} ${code}`);
  if (!(Number(retryAfter) > 0)) faults.push(`${status} came without Retry-After`);
  return `${status} ${code}, Retry-After ${retryAfter}`;
}
