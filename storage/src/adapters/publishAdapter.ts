import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { AdapterResult } from '@florist/core/schemas/adapter';
import { CHOICE } from '../choices/choiceScript.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ATTEMPT_PRESENT } from '../ledger/scripts/existing.js';
import type { AttemptRef } from './refs.js';

const PUBLISH = script(`${ATTEMPT_PRESENT}${CHOICE}
if adapter.state == 'published' then return { 'ok', 'published' } end
if adapter.state ~= 'aggregating' then return { 'ok', 'stale' } end
end_attempt(n, id)
write(adapter_key(n, id), { state = 'published', publishedAt = args.now, result = args.result })
redis.call('UNLINK', adapter_key(n, id, 'done'))
if contains(args.publish.from, round.state) then
  write(round_key(n), { state = args.publish.to, publishedAt = args.now, current = id })
  redis.call('HSET', federation_key, 'everPublished', 1)
  emit({ type = 'round.published', round = n, adapter = id })
  open_choice(n, round)
  schedule_next(n)
else
  emit({ type = 'adapter.published', round = n, adapter = id })
end
candidate_ended(n)
return { 'ok', 'published' }
`);

/**
 * Publishes an adapter whose blobs are durable: the round's first makes the round published and is served
 * from then on. Publishing again changes nothing; 'stale' when this attempt is no longer wanted.
 */
export async function publishAdapter(
  ledger: Ledger,
  ref: AttemptRef,
  result: AdapterResult,
): Promise<'published' | 'stale'> {
  const { federation, round, adapter, attempt } = ref;
  const args = { round, adapter, attempt, result: JSON.stringify(result), publish: TRANSITIONS.publish };
  const [outcome] = await runScript(ledger, PUBLISH, federation, args);
  return outcome === 'published' ? outcome : 'stale';
}
