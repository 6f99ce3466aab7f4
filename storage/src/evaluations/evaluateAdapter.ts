import type { Evaluation, EvaluationCreate } from '@florist/core/schemas/evaluation';
import { UNPUBLISHED } from '../adapters/publishedScript.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ADAPTER_EXISTS } from '../ledger/scripts/existing.js';
import { evaluationFrom } from './evaluationFrom.js';

/** Metrics that a round keeps: clients name them, and memory must not grow at their will. */
export const METRICS_MAX = 16;

/**
 * Evaluations of one reporter in one round that are told: each is an event, and a program that reports over and over
 * must not push the rest of the history out.
 */
export const EVALUATIONS_TOLD_MAX = 200;

/** In place of a client's id, which never begins so. */
const OPERATOR = '@operator';

const EVALUATE = script(`${ADAPTER_EXISTS}${UNPUBLISHED}
local refusal = unpublished(n, id)
if refusal then return refusal end
if round.choice and round.choice ~= 'open' then return refuse('evaluation_closed', 'state', round.choice) end
local policy = round.candidates and cjson.decode(round.candidates)
local known = redis.call('HGET', round_key(n, 'metrics'), args.metric)
local expected = known
if policy and policy.metric == args.metric then expected = tostring(policy.higherIsBetter) end
if expected and expected ~= args.higherIsBetter then
  return refuse('evaluation_conflict', 'expected', expected)
end
if not known then
  -- the metric that the choice is made by always has room
  local others = redis.call('HLEN', round_key(n, 'metrics'))
  if not (policy and policy.metric == args.metric) and others >= ${METRICS_MAX} then
    return refuse('metrics_too_many', 'most', '${METRICS_MAX}')
  end
  redis.call('HSET', round_key(n, 'metrics'), args.metric, args.higherIsBetter)
end
local field = id .. ' ' .. args.metric .. ' ' .. args.reporter
local stored = redis.call('HGET', round_key(n, 'evaluations'), field)
-- the same again is no news
if stored and cjson.decode(stored).content == args.content then return { 'ok', field, stored } end
redis.call('HSET', round_key(n, 'evaluations'), field, args.record)
redis.call('HINCRBY', round_key(n), 'evidence', 1)
redis.call('ZADD', global .. 'choices', 'XX', args.nowMs, args.federation .. '/' .. n)
if redis.call('HINCRBY', round_key(n, 'evaluations-told'), args.reporter, 1) <= ${EVALUATIONS_TOLD_MAX} then
  emit({ type = 'adapter.evaluated', round = n, adapter = id, client = args.client, detail = args.detail })
end
return { 'ok', field, args.record }
`);

/**
 * Notes what a client, or the operator, found an adapter to score. It takes the place of what the same one reported
 * of the same adapter and metric before.
 * @param client undefined for the operator
 * @throws Refusal federation_not_found, round_not_found, adapter_not_found, adapter_pending, adapter_failed,
 * evaluation_closed, evaluation_conflict, metrics_too_many
 */
export async function evaluateAdapter(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  adapter: string,
  client: string | undefined,
  { metric, value, numExamples, higherIsBetter }: EvaluationCreate,
): Promise<Evaluation> {
  const content = `${value} ${numExamples}`;
  const [field, stored] = await runScript(ledger, EVALUATE, federation, {
    ...{ round, adapter, metric, client, content },
    higherIsBetter: String(higherIsBetter),
    reporter: client ?? OPERATOR,
    record: JSON.stringify({ value, numExamples, at: ledger.now().toISOString(), content }),
    detail: `${metric} ${value} over ${numExamples} examples`,
  });
  return evaluationFrom(String(field), String(stored));
}
