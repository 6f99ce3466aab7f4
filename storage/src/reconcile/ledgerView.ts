import { type Fields, fieldsFrom, listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { type SubmissionRecord, submissionRecordFrom } from '../submissions/submissionRecord.js';

const ROUND = script(`${FEDERATION_EXISTS}
local round, adapters = record(round_key(n)), {}
for i = 1, tonumber(round.adapters or 0) do
  adapters[i] = { 'a' .. i, redis.call('HGETALL', adapter_key(n, 'a' .. i)) }
end
return { 'ok', tonumber(redis.call('HGET', federation_key, 'latest')), round.submissionsDeletedAt or false,
  redis.call('HVALS', round_key(n, 'submissions')), redis.call('HGETALL', round_key(n, 'layouts')), adapters }
`);

const SUMS = script(`
local named = {}
for i, sum in ipairs(redis.call('ZRANGE', base .. 'sums', 0, -1)) do
  named[i] = sum .. '/' .. (redis.call('HGET', base .. 'sum:' .. sum, 'attempt') or '')
end
return { 'ok', named }
`);

export interface ViewedSubmission {
  record: SubmissionRecord;
  /** Whether its files are meant to be there. */
  kept: boolean;
  layout: string;
}

export interface ViewedAdapter {
  round: number;
  adapter: string;
  fields: Fields;
}

/** Everything of a federation in the ledger that has files. */
export interface LedgerView {
  submissions: ViewedSubmission[];
  adapters: ViewedAdapter[];
  /** Key and attempt of each, as 'key/attempt'. */
  sums: Set<string>;
}

/** @throws Refusal federation_not_found */
export async function ledgerView(ledger: Ledger, federation: string): Promise<LedgerView> {
  const view: LedgerView = { submissions: [], adapters: [], sums: new Set() };
  // what came too late may wait under the number of the next round
  for (let round = 1, latest = 0; round <= latest + 1; round++) {
    const [now, deleted, records, layouts, adapters] = await runScript(ledger, ROUND, federation, { round });
    latest = Number(now);
    const layoutOf = fieldsFrom(layouts);
    for (const record of listFrom(records).map(submissionRecordFrom)) {
      view.submissions.push({
        record,
        kept: deleted === null,
        layout: layoutOf[record.layoutDigest] ?? '{}',
      });
    }
    for (const row of listFrom(adapters)) {
      const [adapter, flat] = listFrom(row);
      view.adapters.push({ round, adapter: String(adapter), fields: fieldsFrom(flat) });
    }
  }
  const [sums] = await runScript(ledger, SUMS, federation);
  view.sums = new Set(listFrom(sums).map(String));
  return view;
}
