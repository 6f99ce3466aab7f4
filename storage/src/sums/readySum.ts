import { sumFolder } from '../blobs/keys.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { SumRef } from './refs.js';
import { SUMS } from './sumScript.js';

const READY = script(`${SUMS}
local state, attempt = unpack(redis.call('HMGET', sum_key(args.sum), 'state', 'attempt'))
return { 'ok', state == 'ready' and tonumber(attempt) == args.attempt and 1 or 0 }
`);

/** The folder of the files of a sum, if it was this try that made them. */
export async function readySum(ledger: Ledger, ref: SumRef): Promise<string | undefined> {
  const { federation, sum, attempt } = ref;
  const [ready] = await runScript(ledger, READY, federation, { sum, attempt });
  return ready === 1 ? sumFolder(ref) : undefined;
}
