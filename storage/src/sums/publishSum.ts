import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { SumRef } from './refs.js';
import { SUM_PRESENT } from './sumScript.js';

const PUBLISH = script(`${SUM_PRESENT}
end_sum(args.sum)
write(sum_key(args.sum), { state = 'ready', readyAt = args.now, result = args.result })
emit({ type = 'sum.published', detail = rounds_of(cjson.decode(sum.sources)) })
return { 'ok', 'published' }
`);

/** Publishes a sum whose blobs are durable; 'stale' when this try is no longer wanted. */
export async function publishSum(
  ledger: Ledger,
  { federation, sum, attempt }: SumRef,
  file: { sha256: string; bytes: number },
): Promise<'published' | 'stale'> {
  const { sha256, bytes } = file;
  const args = { sum, attempt, result: JSON.stringify({ sha256, bytes }) };
  const [outcome] = await runScript(ledger, PUBLISH, federation, args);
  return outcome === 'published' ? outcome : 'stale';
}
