import type { Federation } from '@florist/core/schemas/federation';
import { RoundState } from '@florist/core/schemas/round';
import {
  aggregationFrom,
  fieldsFrom,
  listFrom,
  literal,
  need,
  quotasFrom,
  retentionFrom,
  roundPolicyFrom,
} from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';

/** Lua: the federation whose keys begin with `at`, as federationFrom reads it; false when there is none. */
export const FEDERATION_ROW = `
local function federation_row(at)
  local fields = redis.call('HGETALL', at .. 'federation')
  if #fields == 0 then return false end
  local latest = redis.call('HGET', at .. 'federation', 'latest')
  return { fields, redis.call('ZCARD', at .. 'clients'), redis.call('HGET', at .. 'round:' .. latest, 'state') }
end
`;

export function federationFrom(row: Reply | undefined): Federation {
  const [flat, clientCount, state] = listFrom(row);
  const fields = fieldsFrom(flat);
  const federation: Federation = {
    name: need(fields, 'name'),
    aggregation: aggregationFrom(fields),
    rounds: roundPolicyFrom(fields),
    retention: retentionFrom(fields),
    quotas: quotasFrom(fields),
    createdAt: need(fields, 'createdAt'),
    clientCount: Number(clientCount),
  };
  if (fields.baseModel !== undefined) federation.baseModel = fields.baseModel;
  if (fields.candidates !== undefined) federation.candidates = JSON.parse(fields.candidates);
  if (typeof state === 'string') {
    federation.latestRound = { number: Number(need(fields, 'latest')), state: literal(RoundState, state) };
  }
  if (fields.nextRoundMs !== undefined) {
    federation.nextRoundAt = new Date(Number(fields.nextRoundMs)).toISOString();
  }
  return federation;
}
