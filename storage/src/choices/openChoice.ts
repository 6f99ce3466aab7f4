import type { Evidence } from '@florist/core/candidates/chooseCandidate';
import { weightedMean } from '@florist/core/candidates/weightedMean';
import type { Adapter } from '@florist/core/schemas/adapter';
import type { CandidatePolicy } from '@florist/core/schemas/candidates';
import { adapterFrom } from '../adapters/adapterFrom.js';
import { evaluationFrom } from '../evaluations/evaluationFrom.js';
import { fieldsFrom, listFrom, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';

/** A choice that is to be made, and everything that it can be made by. */
export interface OpenChoice {
  policy: CandidatePolicy;
  /** Those that were published. */
  candidates: Evidence[];
  /** Published adapters of other methods than FLoRIST. */
  baselines: Evidence[];
  /** All candidates are made or given up, and the wait for evaluations is on. */
  isReady: boolean;
  /** That wait is over. */
  isOver: boolean;
  /** A later round has opened. */
  superseded: boolean;
  /** Stands for the evaluations read: it grows with each that comes in. */
  evidence: string;
}

const READ = script(`${ROUND_EXISTS}
if round.choice ~= 'open' then
  redis.call('ZREM', global .. 'choices', args.federation .. '/' .. n)
  return { 'ok' }
end
-- looked at now; unless there is news, not again before the wait is over
if round.choiceDeadlineMs then
  redis.call('ZADD', global .. 'choices', 'XX', round.choiceDeadlineMs, args.federation .. '/' .. n)
end
local rows = {}
for i = 1, tonumber(round.adapters) do
  if redis.call('HGET', adapter_key(n, 'a' .. i), 'state') == 'published' then
    rows[#rows + 1] = adapter_row(n, 'a' .. i)
  end
end
return { 'ok', redis.call('HGETALL', round_key(n)), rows, redis.call('HGETALL', round_key(n, 'evaluations')),
  tonumber(redis.call('HGET', federation_key, 'latest')) > n and 1 or 0,
  round.choiceDeadlineMs and tonumber(round.choiceDeadlineMs) <= args.nowMs and 1 or 0 }
`);

/** Undefined where the round has no choice, or has made it. @throws Refusal federation_not_found, round_not_found */
export async function openChoice(
  ledger: Ledger,
  federation: string,
  round: number,
): Promise<OpenChoice | undefined> {
  const [flat, rows, evaluations, later, over] = await runScript(ledger, READ, federation, { round });
  if (flat === undefined) return undefined;
  const fields = fieldsFrom(flat);
  const policy: CandidatePolicy = JSON.parse(need(fields, 'candidates'));
  const ids: string[] = JSON.parse(need(fields, 'choiceCandidates'));
  const reported = Object.entries(fieldsFrom(evaluations))
    .map(([field, json]) => evaluationFrom(field, json))
    .filter(({ metric }) => metric === policy.metric);
  const evidenceOf = (adapter: Adapter): Evidence => {
    const own = reported.filter((evaluation) => evaluation.adapter === adapter.id);
    return {
      adapter: adapter.id,
      label: labelOf(adapter),
      totalRank: adapter.result?.totalRank ?? 0,
      mean: own.length > 0 ? weightedMean(own).mean : undefined,
      evaluations: own.length,
    };
  };
  const published = listFrom(rows).map(adapterFrom);
  return {
    policy,
    candidates: published.filter(({ id }) => ids.includes(id)).map(evidenceOf),
    baselines: published.filter(({ aggregation }) => aggregation.method !== 'florist').map(evidenceOf),
    isReady: fields.choiceDeadlineMs !== undefined,
    isOver: over === 1,
    superseded: later === 1,
    evidence: fields.evidence ?? '0',
  };
}

function labelOf({ aggregation: { method, rank } }: Adapter): string {
  return method === 'florist' && rank.policy === 'energy' ? `τ ${rank.tau}` : method;
}
