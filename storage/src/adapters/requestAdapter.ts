import type { Adapter } from '@florist/core/schemas/adapter';
import type { AggregationInput } from '@florist/core/schemas/aggregation';
import { aggregationFields } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { adapterFrom } from './adapterFrom.js';

const REQUEST = script(`${ROUND_EXISTS}
if round.state ~= 'published' then
  return refuse('round_not_published', 'state', round.state)
end
if round.submissionsDeletedAt then return refuse('submissions_gone') end
local aggregation = record(federation_key)
for field, value in pairs(args.given) do aggregation[field] = value end
-- the submissions were let in under the round's rule, so no other can be applied to them
aggregation.missingModules = round.missingModules
if args.given.missingModules and args.given.missingModules ~= round.missingModules then
  return refuse('missing_modules_fixed', 'fixed', round.missingModules)
end
local made = redis.call('HGET', round_key(n, 'made'), recipe(aggregation))
if made then return refuse('adapter_exists', 'adapter', made) end
local id = add_adapter(n, aggregation)
emit({ type = 'adapter.requested', round = n, adapter = id })
return { 'ok', adapter_row(n, id) }
`);

/**
 * Asks for another adapter from the submissions of a published round; enqueueAggregation then queues it.
 * What is left out of the aggregation is as the federation has it, and missingModules as the round has it.
 * @throws Refusal federation_not_found, round_not_found, round_not_published, submissions_gone, adapter_exists, request_invalid
 */
export async function requestAdapter(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  given: AggregationInput,
): Promise<Adapter> {
  const [row] = await runScript(ledger, REQUEST, federation, { round, given: aggregationFields(given) });
  return adapterFrom(row);
}
