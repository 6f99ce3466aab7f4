import type { Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from './roundFrom.js';

const GET = script(`${ROUND_EXISTS}
return { 'ok', round_row(n) }
`);

/** @throws Refusal federation_not_found, round_not_found */
export async function getRound(ledger: Ledger, federation: string, round: number | 'latest'): Promise<Round> {
  const [row] = await runScript(ledger, GET, federation, { round });
  return roundFrom(row);
}
