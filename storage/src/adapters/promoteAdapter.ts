import type { Round } from '@florist/core/schemas/round';
import { CHOICE } from '../choices/choiceScript.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ADAPTER_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from '../rounds/roundFrom.js';
import { UNPUBLISHED } from './publishedScript.js';

const PROMOTE = script(`${ADAPTER_EXISTS}${UNPUBLISHED}${CHOICE}
local refusal = unpublished(n, id)
if refusal then return refusal end
if adapter.filesDeletedAt then return refuse('adapter_gone', 'adapter', id) end
if round.current ~= id then
  redis.call('HSET', round_key(n), 'current', id)
  emit({ type = 'adapter.promoted', round = n, adapter = id })
end
if round.choice == 'open' then close_choice(n, 'chosen', id, 'An operator promoted it.') end
return { 'ok', round_row(n) }
`);

/**
 * Makes a published adapter the one that its round serves; where the round was still to choose, that is the choice.
 * @throws Refusal federation_not_found, round_not_found, adapter_not_found, adapter_pending, adapter_failed,
 * adapter_gone
 */
export async function promoteAdapter(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  adapter: string,
): Promise<Round> {
  const [row] = await runScript(ledger, PROMOTE, federation, { round, adapter });
  return roundFrom(row);
}
