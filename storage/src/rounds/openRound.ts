import { hasEnded } from '@florist/core/rounds/transition';
import { ROUND_STATES, type Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from './roundFrom.js';

const OPEN = script(`${FEDERATION_EXISTS}
local federation = record(federation_key)
local latest = tonumber(federation.latest)
if latest > 0 then
  local state = redis.call('HGET', round_key(latest), 'state')
  if not contains(args.ended, state) then return refuse('round_open', 'round', tostring(latest), 'state', state) end
end
local n = latest + 1
local fields = { state = 'collecting', openedAt = args.now, adapters = 0 }
local policies = { 'baseModel', 'method', 'rank', 'dtype', 'missingModules',
  'minSubmissions', 'maxSubmissions', 'deadlineSeconds' }
for _, policy in ipairs(policies) do fields[policy] = federation[policy] end
if federation.deadlineSeconds then
  fields.deadlineMs = string.format('%.0f', args.nowMs + 1000 * tonumber(federation.deadlineSeconds))
  redis.call('ZADD', global .. 'deadlines', fields.deadlineMs, args.federation .. '/' .. n)
end
write(round_key(n), fields)
redis.call('HSET', federation_key, 'latest', n)
emit({ type = 'round.opened', round = n })
return { 'ok', round_row(n) }
`);

const ENDED = ROUND_STATES.filter(hasEnded);

/**
 * Opens the next round under the federation's present policies, which later changes of them leave alone.
 * @throws Refusal federation_not_found, round_open
 */
export async function openRound(ledger: Ledger, federation: string): Promise<Round> {
  const [row] = await runScript(ledger, OPEN, federation, { ended: ENDED });
  return roundFrom(row, ledger.now());
}
