// @ts-check
import { readOutcome } from './readOutcome.mjs';

/**
 * What is not as it should be with a round that was disturbed: it must have ended without anybody's help, hold every
 * acknowledged submission, and have published, once and whole, what an undisturbed round of the same inputs did.
 *
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('../round/playRound.mjs').PlayedRound} played
 * @param {readonly import('../round/inputs.mjs').Input[]} inputs
 * @param {import('./readOutcome.mjs').Outcome} undisturbed
 * @returns {Promise<string[]>} a line for each
 */
export async function checkRound(operator, played, inputs, undisturbed) {
  const { federation, number, round, acknowledged } = played;
  const at = `${federation.path}/rounds/${number}`;
  const faults = [...played.faults];
  for (const { client, sha256 } of inputs) {
    const { json } = await operator.ask('GET', `${at}/submissions/${client}`);
    if (acknowledged.get(client) !== sha256) faults.push(`the receipt of ${client} is not for what it sent`);
    if (json.sha256 !== sha256) faults.push(`${client} has a receipt and does not count`);
  }
  if (round.state !== 'published') {
    faults.push(`the round is ${round.state}: ${JSON.stringify(round.error ?? round.waitingFor)}`);
  } else {
    faults.push(...(await checkPublished(operator, played, undisturbed)));
  }
  return faults.map((fault) => `${federation.name}, round ${number}: ${fault}`);
}

/**
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @param {import('../round/playRound.mjs').PlayedRound} played
 * @param {import('./readOutcome.mjs').Outcome} undisturbed
 */
async function checkPublished(operator, { federation, number }, undisturbed) {
  const faults = [];
  const { json } = await operator.ask('GET', `${federation.path}/rounds/${number}/adapters`);
  const current = json.items.filter((/** @type {any} */ adapter) => adapter.current);
  if (json.items.length !== 1 || current.length !== 1) {
    faults.push(`${json.items.length} adapters, ${current.length} of them current`);
  }
  const outcome = await readOutcome(operator, federation, number);
  if (current[0]?.result?.sha256 !== outcome.model)
    faults.push('the adapter is not the one that was published');
  for (const [file, digest] of Object.entries(undisturbed)) {
    if (Object.entries(outcome).every(([name, found]) => name !== file || found !== digest)) {
      faults.push(`${file} differs from the undisturbed round's`);
    }
  }
  return faults;
}
