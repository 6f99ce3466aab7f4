import { script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { STORE } from './acceptScript.js';

/**
 * Puts a submission back that the ledger once accepted and does not know any more, word for word, whatever limits,
 * deadlines and invitations say now: its client holds the receipt. What the ledger let go on purpose stays gone.
 * A round that has ended its collecting is not added to, since what was made of it would no longer be its mean; except
 * while a ledger is rebuilt (`loading`), when the receipts are all that says what the round is made of.
 */
export const RESTORE = script(`${FEDERATION_EXISTS}${STORE}
local at, client = args.round, args.client
if redis.call('HGET', federation_key, 'nonce') ~= args.incarnation then return { 'ok', 'foreign' } end
if redis.call('SISMEMBER', base .. 'removals', 'upload/' .. args.blob) == 1 then return { 'ok', 'given-up' } end
local stored = redis.call('HGET', round_key(at, 'submissions'), client)
local old = stored and cjson.decode(stored)
if old and old.blob == args.blob then return { 'ok', 'present' } end
if old and old.revision >= args.revision then return { 'ok', 'superseded' } end
local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
local round = record(round_key(at))
local waits = args.fromRound and at == latest + 1
if not args.loading and round.state ~= 'collecting' and not waits then return { 'ok', 'left-out' } end
n = args.fromRound or at
-- it fitted when it was accepted; only what contradicts the others can no longer be stacked with them
local misfit = store(at, client, old, args.record, { missingModules = 'zero' })
if misfit then return misfit end
if round.submissionsDeletedAt then count_kept(client, -args.bytes) end
if args.fromRound then
  redis.call('SADD', round_key(at, 'carried'), client)
  redis.call('HSET', round_key(n, 'late'), client, at)
else
  redis.call('SREM', round_key(at, 'carried'), client)
  for _, part in ipairs({ 'seen', 'busy' }) do redis.call('ZREM', round_key(at, part), client) end
end
if not args.loading then
  emit({ type = 'submission.restored', round = at, client = client })
  if round.state == 'collecting' then close_if_full(at, round) end
end
return { 'ok', 'restored' }
`);
