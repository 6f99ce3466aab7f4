import { chooseCandidate } from '@florist/core/candidates/chooseCandidate';
import { isEvaluated } from '@florist/core/candidates/isEvaluated';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { CHOICE } from './choiceScript.js';
import { type OpenChoice, openChoice } from './openChoice.js';

const SETTLE = script(`${ROUND_EXISTS}${CHOICE}
if round.choice ~= 'open' then return { 'ok', 'closed' } end
local opened = tonumber(redis.call('HGET', federation_key, 'latest')) > n
-- what came in since the decision was made may change it
if (round.evidence or '0') ~= args.evidence or opened ~= args.superseded then return { 'ok', 'changed' } end
close_choice(n, args.state, args.adapter, args.reason)
if args.adapter and args.adapter ~= round.current then
  redis.call('HSET', round_key(n), 'current', args.adapter)
  emit({ type = 'adapter.promoted', round = n, adapter = args.adapter, detail = args.reason })
end
return { 'ok', 'settled' }
`);

/**
 * Makes a round's choice of τ when every candidate has evaluations enough or the wait for them is over, and promotes
 * what was chosen. However many processes call it at once, one outcome stands, made from all evidence there was.
 * @throws Refusal federation_not_found, round_not_found
 */
export async function settleChoice(
  ledger: Ledger,
  federation: string,
  round: number,
): Promise<'settled' | 'waiting' | 'closed'> {
  for (;;) {
    const choice = await openChoice(ledger, federation, round);
    if (choice === undefined) return 'closed';
    const decision = decide(choice);
    if (decision === undefined) return 'waiting';
    const { evidence, superseded } = choice;
    const args = { round, evidence, superseded, ...decision };
    const [outcome] = await runScript(ledger, SETTLE, federation, args);
    if (outcome !== 'changed') return outcome === 'settled' ? outcome : 'closed';
  }
}

interface Outcome {
  state: 'chosen' | 'lapsed';
  adapter?: string;
  reason: string;
}

/** Undefined as long as there is something to wait for. */
function decide(choice: OpenChoice): Outcome | undefined {
  const { policy, candidates, baselines, isReady, isOver, superseded } = choice;
  if (superseded) {
    // clients have merged what was current, and train on top of it
    return { state: 'lapsed', reason: 'The next round has opened, so what was current stays so.' };
  }
  if (policy.choose === 'hold' || !isReady) return undefined;
  if (!isOver && !isEvaluated(policy, candidates)) return undefined;
  const decision = chooseCandidate(policy, candidates, baselines);
  if (decision !== undefined) return { state: 'chosen', ...decision };
  const { minEvaluations, metric, waitSeconds } = policy;
  const reason =
    `No candidate had ${minEvaluations} evaluations of ${metric} within ${waitSeconds} s, ` +
    'so what was current stays so.';
  return { state: 'lapsed', reason };
}
