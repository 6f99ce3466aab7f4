import {
  ADAPTERS_NAMED_MAX,
  type TrainAssignment,
  type WaitAssignment,
} from '@florist/core/schemas/assignment';
import { GONE_AFTER_SECONDS } from '@florist/core/schemas/participant';
import { aggregationFrom, fieldsFrom, listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type Reply, runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { SETTLE } from '../rounds/deadlineScript.js';
import { roundFrom } from '../rounds/roundFrom.js';
import { reasonToWait, retryAfterSeconds } from './waiting.js';

/** A published adapter that a client has not merged yet. */
export interface UnmergedAdapter {
  round: number;
  adapter: string;
}

/** What a client should do: train from these adapters, or wait. */
export type Assigned =
  | (Omit<TrainAssignment, 'from'> & { since: number; adapters: UnmergedAdapter[]; complete: boolean })
  | WaitAssignment;

/**
 * Only who is to train is told what to merge, so that asking again and again costs little. `closing`: the deadline
 * has passed, and either the round is about to close or it waits only for those who are at work.
 */
const FIND = script(`${FEDERATION_EXISTS}${SETTLE}
local client = args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
local latest, next_ms = unpack(redis.call('HMGET', federation_key, 'latest', 'nextRoundMs'))
latest = tonumber(latest)
if args.have and args.have > latest then return refuse('have_ahead', 'latest', tostring(latest)) end
local since = args.have or tonumber(redis.call('HGET', base .. 'last-rounds', client) or 1) - 1
local now = string.format('%.0f', args.nowMs)
if latest == 0 then return { 'ok', now, next_ms, {}, {}, since, {} } end

local round = record(round_key(latest))
local submitted = redis.call('HEXISTS', round_key(latest, 'submissions'), client) == 1
local carried = redis.call('SISMEMBER', round_key(latest, 'carried'), client) == 1
local invited = not round.seed or redis.call('ZSCORE', round_key(latest, 'invited'), client)
local heard = tonumber(redis.call('ZSCORE', round_key(latest, 'busy'), client) or 0)
local at_work = heard >= args.nowMs - ${GONE_AFTER_SECONDS * 1000}
local deadline = tonumber(round.deadlineMs)
local in_grace = deadline and args.nowMs >= deadline and heard_from(latest, 'busy') > 0
  and args.nowMs < deadline + 1000 * tonumber(round.graceSeconds or 0)
local closing = verdict(latest, round) or (in_grace and not at_work)
local trains = round.state == 'collecting' and invited and not closing and (carried or not submitted)

local adapters = {}
for number = since + 1, trains and latest or 0 do
  local current = redis.call('HGET', round_key(number), 'current')
  if current then adapters[#adapters + 1] = { number, current } end
  if #adapters > ${ADAPTERS_NAMED_MAX} then break end
end
local flags = { trains and 1 or 0, submitted and 1 or 0, invited and 1 or 0 }
return { 'ok', now, next_ms, round_row(latest), flags, since, adapters }
`);

/**
 * What a client should do now. It merges every published adapter since the last round in which it took part: that
 * round's own, which it has helped to make but not seen, and all later ones.
 * @param have the last round whose adapter the client has merged, 0 for none; it knows better than the ledger
 * @throws Refusal federation_not_found, client_not_found, request_invalid for a round that is still to come
 */
export async function findAssignment(
  ledger: Ledger,
  federation: string,
  client: string,
  have?: number,
): Promise<Assigned> {
  const [now, next, row, flags, since, adapters] = await runScript(ledger, FIND, federation, {
    client,
    have,
  });
  const time = { nowMs: Number(now), ...(typeof next === 'string' && { nextMs: Number(next) }) };
  if (listFrom(row).length === 0) {
    return {
      action: 'wait',
      retryAfterSeconds: retryAfterSeconds(undefined, time),
      reason: reasonToWait(undefined, {}, time),
      alreadySubmitted: false,
    };
  }
  const [trains, submitted, invited] = listFrom(flags).map((flag) => flag === 1);
  const round = roundFrom(row);
  const alreadySubmitted = submitted === true;
  if (trains) return { ...training(row, Number(since), adapters), alreadySubmitted };
  return {
    action: 'wait',
    round: round.number,
    retryAfterSeconds: retryAfterSeconds(round, time),
    reason: reasonToWait(round, { submitted: alreadySubmitted, invited: invited === true }, time),
    alreadySubmitted,
  };
}

function training(row: Reply | undefined, since: number, found: Reply | undefined) {
  const { number, deadlineAt, graceUntil } = roundFrom(row);
  const [, flat] = listFrom(row);
  const fields = fieldsFrom(flat);
  const adapters = listFrom(found).map((item) => {
    const [round, adapter] = listFrom(item);
    return { round: Number(round), adapter: String(adapter) };
  });
  return {
    action: 'train' as const,
    round: number,
    ...(deadlineAt !== undefined && { deadlineAt }),
    ...(graceUntil !== undefined && { graceUntil }),
    ...(fields.baseModel !== undefined && { baseModel: fields.baseModel }),
    aggregation: aggregationFrom(fields),
    since,
    adapters: adapters.slice(0, ADAPTERS_NAMED_MAX),
    complete: adapters.length <= ADAPTERS_NAMED_MAX,
  };
}
