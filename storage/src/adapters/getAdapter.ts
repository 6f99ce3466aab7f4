import type { Adapter } from '@florist/core/schemas/adapter';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ADAPTER_EXISTS } from '../ledger/scripts/existing.js';
import { adapterFrom } from './adapterFrom.js';

const GET = script(`${ADAPTER_EXISTS}
return { 'ok', adapter_row(n, id) }
`);

/** @throws Refusal federation_not_found, round_not_found, adapter_not_found */
export async function getAdapter(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  adapter: string,
): Promise<Adapter> {
  const [row] = await runScript(ledger, GET, federation, { round, adapter });
  return adapterFrom(row);
}
