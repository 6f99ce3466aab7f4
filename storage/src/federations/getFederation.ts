import type { Federation } from '@florist/core/schemas/federation';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { FEDERATION_ROW, federationFrom } from './federationFrom.js';

const GET = script(`${FEDERATION_EXISTS}${FEDERATION_ROW}
return { 'ok', federation_row(base) }
`);

/** @throws Refusal federation_not_found */
export async function getFederation(ledger: Ledger, federation: string): Promise<Federation> {
  const [row] = await runScript(ledger, GET, federation);
  return federationFrom(row);
}
