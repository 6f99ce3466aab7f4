import type { Federation, FederationPatch } from '@florist/core/schemas/federation';
import type { RoundState } from '@florist/core/schemas/round';
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
local contradiction = limits_contradict(merged)
if contradiction then return contradiction end
write(federation_key, args.set)
for _, field in ipairs(args.unset) do redis.call('HDEL', federation_key, field) end
if args.set.next or contains(args.unset, 'next') then
  unschedule_next()
  local latest = tonumber(merged.latest)
  if contains(args.followed, redis.call('HGET', round_key(latest), 'state')) then schedule_next(latest) end
end
emit({ type = 'federation.updated' })
return { 'ok', federation_row(base) }
`);

/** States of a round after which the next opens by itself: the end of a cancelled one is the operator's. */
const FOLLOWED: readonly RoundState[] = ['published', 'failed'];

/**
 * Changes what is given; it takes effect with the next round that opens. Automatic opening that is switched on
 * after a round has ended counts its delay from now.
 * @throws Refusal federation_not_found, request_invalid
 */
export async function updateFederation(
  ledger: Ledger,
  federation: string,
  patch: FederationPatch,
): Promise<Federation> {
  const [row] = await runScript(ledger, UPDATE, federation, {
    ...federationChanges(patch),
    followed: FOLLOWED,
  });
  return federationFrom(row);
}
