import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ATTEMPT_PRESENT } from '../ledger/scripts/existing.js';
import type { AttemptRef } from './refs.js';

const WANTED = script(`${ATTEMPT_PRESENT}
return { 'ok', adapter.state == 'aggregating' and 'wanted' or 'stale' }
`);

/** Whether an attempt is still the present one and under way, so that work on it is not in vain. */
export async function jobStillWanted(ledger: Ledger, ref: AttemptRef): Promise<boolean> {
  const { federation, ...args } = ref;
  const [outcome] = await runScript(ledger, WANTED, federation, { ...args });
  return outcome === 'wanted';
}
