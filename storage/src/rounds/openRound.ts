import { randomInt } from 'node:crypto';
import { ENDED } from '@florist/core/rounds/transition';
import { SEED_MAX } from '@florist/core/schemas/cohort';
import type { Round } from '@florist/core/schemas/round';
import type { RoundOverride } from '@florist/core/schemas/roundPolicy';
import { federationChanges } from '../federations/federationChanges.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { OPEN_ROUND } from './openScript.js';
import { roundFrom } from './roundFrom.js';

const OPEN = script(`${FEDERATION_EXISTS}${OPEN_ROUND}
local opened, refusal = open_round()
if not opened then return refusal end
return { 'ok', round_row(opened) }
`);

/**
 * Opens the next round under the federation's present policies, which later changes of them leave alone.
 * @param override what is different for this round
 * @throws Refusal federation_not_found, round_open, cohort_too_small, request_invalid
 */
export async function openRound(
  ledger: Ledger,
  federation: string,
  override: RoundOverride = {},
): Promise<Round> {
  const args = { ended: ENDED, drawnSeed: drawSeed(), ...federationChanges({ rounds: override }) };
  const [row] = await runScript(ledger, OPEN, federation, args);
  return roundFrom(row);
}

/** For a cohort whose policy names no seed. */
export function drawSeed(): string {
  return String(randomInt(SEED_MAX + 1));
}
