import { adapterFolder } from '../blobs/keys.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { adapterFrom } from './adapterFrom.js';
import type { PublishedAdapter } from './publishedAdapter.js';

const LATEST = script(`${FEDERATION_EXISTS}
for k = tonumber(redis.call('HGET', federation_key, 'latest')), 1, -1 do
  local state, id = unpack(redis.call('HMGET', round_key(k), 'state', 'current'))
  if state == 'published' then
    return { 'ok', k, adapter_row(k, id), redis.call('HGET', adapter_key(k, id), 'attempt') }
  end
end
return refuse('nothing_published')
`);

/**
 * The current adapter of the latest round that has one, and where its blobs are.
 * @throws Refusal federation_not_found, round_not_published
 */
export async function latestPublished(ledger: Ledger, federation: string): Promise<PublishedAdapter> {
  const [number, row, attempt] = await runScript(ledger, LATEST, federation);
  const adapter = adapterFrom(row);
  const ref = { federation, round: Number(number), adapter: adapter.id, attempt: Number(attempt) };
  return { round: ref.round, adapter, folder: adapterFolder(ref) };
}
