import type { Federation, FederationPatch } from '@florist/core/schemas/federation';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { federationChanges, LIMITS_AGREE } from './federationChanges.js';
import { FEDERATION_ROW, federationFrom } from './federationFrom.js';

/** Merged inside the script, so that two patches at once both take effect. */
const UPDATE = script(`${FEDERATION_EXISTS}${LIMITS_AGREE}${FEDERATION_ROW}
local merged = record(federation_key)
for field, value in pairs(args.set) do merged[field] = value end
for _, field in ipairs(args.unset) do merged[field] = nil end
if limits_contradict(merged) then
  return refuse('limits_contradict', 'minimum', merged.minSubmissions, 'maximum', merged.maxSubmissions)
end
write(federation_key, args.set)
for _, field in ipairs(args.unset) do redis.call('HDEL', federation_key, field) end
emit({ type = 'federation.updated' })
return { 'ok', federation_row(base) }
`);

/**
 * Changes what is given; it takes effect with the next round that opens.
 * @throws Refusal federation_not_found, request_invalid
 */
export async function updateFederation(
  ledger: Ledger,
  federation: string,
  patch: FederationPatch,
): Promise<Federation> {
  const [row] = await runScript(ledger, UPDATE, federation, { ...federationChanges(patch) });
  return federationFrom(row);
}
