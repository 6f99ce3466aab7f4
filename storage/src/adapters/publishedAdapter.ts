import type { Adapter } from '@florist/core/schemas/adapter';
import { adapterFolder } from '../blobs/keys.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { adapterFrom } from './adapterFrom.js';
import { UNPUBLISHED } from './publishedScript.js';

export interface PublishedAdapter {
  round: number;
  adapter: Adapter;
  /** Folder key of its blobs. */
  folder: string;
}

const FIND = script(`${ROUND_EXISTS}${UNPUBLISHED}
local id = args.adapter
if id == 'current' then
  id = round.current
  if not id then return refuse('round_not_published', 'state', round.state) end
end
local state, attempt = unpack(redis.call('HMGET', adapter_key(n, id), 'state', 'attempt'))
if not state then return refuse('adapter_not_found') end
local refusal = unpublished(n, id)
if refusal then return refusal end
return { 'ok', n, adapter_row(n, id), attempt }
`);

/**
 * A published adapter and where its blobs are.
 * @throws Refusal federation_not_found, round_not_found, adapter_not_found, adapter_pending, adapter_failed, and for
 * the current adapter round_not_published
 */
export async function publishedAdapter(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  id: string | 'current',
): Promise<PublishedAdapter> {
  const [number, row, attempt] = await runScript(ledger, FIND, federation, { round, adapter: id });
  const adapter = adapterFrom(row);
  const ref = { federation, round: Number(number), adapter: adapter.id, attempt: Number(attempt) };
  return { round: ref.round, adapter, folder: adapterFolder(ref) };
}
