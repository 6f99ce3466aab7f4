// @ts-check

import { Complaint } from '../../terminal/complaint.mjs';
import { sendForm } from '../client/sendForm.mjs';
import { armKills } from '../kills/armKills.mjs';
import { watchRound } from './watchRound.mjs';

/** The longest that a kill waits for a point within its step, in milliseconds, where nothing tells them apart. */
const WITHIN_MS = { receipt: 25, close: 25, assembly: 40, publication: 10, any: 3000 };
/** Parts of a phase: what a small adapter is shared out into. */
const PARTS = 8;

/** @typedef {import('../openScene.mjs').Stagehands} Stagehands */
/** @typedef {import('./inputs.mjs').Input} Input */
/** @typedef {import('../kills/armKills.mjs').Armed} Armed */
/**
 * @typedef {object} PlayedRound
 * @property {import('./federations.mjs').Federation} federation
 * @property {number} number
 * @property {any} round as it ended, or got stuck
 * @property {Map<string, string>} acknowledged SHA-256 by client, as the receipts say
 * @property {import('../kills/armKills.mjs').Kill[]} kills
 * @property {string[]} faults answers that no client should get
 * @property {number} seconds from its opening to its end
 */

/**
 * Plays a round as patient clients and a patient operator do, while kills strike.
 *
 * @param {Stagehands} hands
 * @param {import('./federations.mjs').Federation} federation
 * @param {Input[]} inputs
 * @param {readonly import('../kills/planKills.mjs').PlannedKill[]} [plan] none unless told
 * @returns {Promise<PlayedRound>}
 */
export async function playRound(hands, federation, inputs, plan = []) {
  const { stage, operator } = hands;
  const begun = performance.now();
  const armed = armKills(stage, plan);
  const number = await openRound(operator, federation);
  const atAnyTime = armed.take('any');
  const wild = atAnyTime && armed.strike(atAnyTime, atAnyTime.when * WITHIN_MS.any);
  /** @type {Map<string, string>} */
  const acknowledged = new Map();
  /** @type {string[]} */
  const faults = [];
  await Promise.all(
    inputs.map(async (input, at) => {
      const answer = await submit(hands, federation, number, input, at, armed);
      if (answer.status === 200 || answer.status === 201) acknowledged.set(input.client, answer.json.sha256);
      else
        faults.push(`the submission of ${input.client} was answered with ${answer.status}: ${answer.bytes}`);
      armed.advanced();
    }),
  );
  const atClose = armed.take('close');
  await closeRound(operator, federation, number, async () => {
    if (atClose) await armed.strike(atClose, atClose.when * WITHIN_MS.close);
  });
  armed.advanced();
  const sight = strikeAtSteps(federation, armed);
  const round = await watchRound(stage, operator, federation, number, sight);
  await wild;
  if (round.state === 'published') armed.advanced();
  const seconds = (performance.now() - begun) / 1000;
  return { federation, number, round, acknowledged, kills: armed.struck, faults, seconds };
}

/**
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('./federations.mjs').Federation} federation
 * @returns {Promise<number>} of the round
 */
export async function openRound(operator, { path }) {
  const { status, bytes } = await operator.ask('POST', `${path}/rounds`);
  // 409: it was opened, and the answer was lost
  if (status !== 201 && status !== 409) throw new Complaint(`No round was opened in ${path}: ${bytes}`);
  const { json } = await operator.ask('GET', `${path}/rounds/latest`);
  return json.number;
}

/**
 * The first client is struck while it sends, the second once it has sent everything.
 *
 * @param {Stagehands} hands
 * @param {import('./federations.mjs').Federation} federation
 * @param {number} number
 * @param {Input} input
 * @param {number} at
 * @param {Armed} armed
 */
async function submit(hands, { path, tokens }, number, { client, form }, at, armed) {
  const token = tokens.get(client) ?? '';
  const planned = at === 0 ? armed.take('upload') : at === 1 ? armed.take('receipt') : undefined;
  let pause =
    planned &&
    (planned.step === 'upload'
      ? { at: Math.ceil(planned.when * (form.body.length - 1)), happen: () => armed.strike(planned) }
      : {
          at: form.body.length,
          happen: async () => void armed.strike(planned, planned.when * WITHIN_MS.receipt),
        });
  return hands.client(token).insist((url) => {
    const once = pause;
    pause = undefined;
    return sendForm(`${url}${path}/rounds/${number}/submissions/${client}`, token, form, once);
  });
}

/**
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('./federations.mjs').Federation} federation
 * @param {number} number
 * @param {() => Promise<void>} [meanwhile] happens once the request is on its way
 * @throws {Complaint} when it is refused
 */
export async function closeRound(operator, { path }, number, meanwhile = async () => {}) {
  const closing = operator.ask('POST', `${path}/rounds/${number}/close`);
  await meanwhile();
  const { status, bytes } = await closing;
  // 409: it was closed, and the answer was lost
  if (status !== 202 && status !== 409)
    throw new Complaint(`${path}, round ${number}, was not closed: ${bytes}`);
}

/**
 * @param {import('./federations.mjs').Federation} federation
 * @param {Armed} armed
 * @returns {(sight: import('./watchRound.mjs').Sight) => void}
 */
function strikeAtSteps({ phases }, armed) {
  let seen = -1;
  return ({ parts, assembled }) => {
    const made = phases.reduce((sum, phase) => sum + (parts.get(phase) ?? 0), Number(assembled));
    if (made > seen && seen >= 0) armed.advanced();
    seen = Math.max(seen, made);
    for (const phase of phases) {
      const count = parts.get(phase) ?? 0;
      if (count > 0 && count < PARTS) strikeWhen(armed, phase, (when) => count > when * (PARTS - 1));
    }
    const last = phases.at(-1);
    if (last !== undefined && parts.get(last) === PARTS && !assembled)
      strikeSoon(armed, 'assembly', WITHIN_MS.assembly);
    if (assembled) strikeSoon(armed, 'publication', WITHIN_MS.publication);
  };
}

/**
 * @param {Armed} armed
 * @param {import('./federations.mjs').Phase} phase
 * @param {(when: number) => boolean} isDue
 */
function strikeWhen(armed, phase, isDue) {
  const planned = armed.peek(phase);
  if (planned && isDue(planned.when)) void armed.strike(armed.take(phase) ?? planned);
}

/**
 * @param {Armed} armed
 * @param {'assembly' | 'publication'} step
 * @param {number} withinMs
 */
function strikeSoon(armed, step, withinMs) {
  const planned = armed.take(step);
  if (planned) void armed.strike(planned, planned.when * withinMs);
}
