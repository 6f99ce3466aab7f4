import type { Adapter } from '@florist/core/schemas/adapter';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { adapterFrom } from './adapterFrom.js';

const LIST = script(`${ROUND_EXISTS}
local rows = {}
for i = 1, tonumber(round.adapters) do rows[i] = adapter_row(n, 'a' .. i) end
return { 'ok', rows }
`);

/** A round's adapters in the order in which they were asked for. @throws Refusal federation_not_found, round_not_found */
export async function listAdapters(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
): Promise<Adapter[]> {
  const [rows] = await runScript(ledger, LIST, federation, { round });
  return listFrom(rows).map(adapterFrom);
}
