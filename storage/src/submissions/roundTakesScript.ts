import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { SIGHT } from '../participants/sightScript.js';
import { SETTLE } from '../rounds/deadlineScript.js';

/**
 * Lua: refuses what needs no body to be refused. Leaves `client`, and in `settled` the reply for a client that has
 * submitted already: it is let through even when the round no longer collects.
 */
export const ROUND_TAKES = `${ROUND_EXISTS}${SETTLE}${SIGHT}
local client = args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
settle(n, round)
local settled = has_submitted(n, client) and { 'ok', n }
if not settled then
  if round.seed and not redis.call('ZSCORE', round_key(n, 'invited'), client) then return refuse('client_not_invited') end
  if round.state ~= 'collecting' and (round.late ~= 'carry' or round.state == 'cancelled') then
    return refuse('round_not_collecting', 'state', round.state)
  end
end
`;
