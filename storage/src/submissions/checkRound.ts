import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_TAKES } from './roundTakesScript.js';

const CHECK = script(`${ROUND_TAKES}
return { 'ok', n }
`);

/**
 * Checks, as beginUpload does, whether a round would take a submission of the client, and finds its number; notes
 * nothing.
 * @throws Refusal federation_not_found, round_not_found, client_not_found, client_not_invited,
 * round_not_collecting
 */
export async function checkRound(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  client: string,
): Promise<number> {
  const [number] = await runScript(ledger, CHECK, federation, { round, client });
  return Number(number);
}
