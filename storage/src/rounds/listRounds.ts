import type { Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { numberCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { roundFrom } from './roundFrom.js';

const LIST = script(`${FEDERATION_EXISTS}
local first = tonumber(redis.call('HGET', federation_key, 'latest'))
if args.below then first = math.min(first, args.below - 1) end
local rows = {}
for n = first, math.max(1, first - args.limit), -1 do rows[#rows + 1] = round_row(n) end
return { 'ok', unpack(rows) }
`);

/** A federation's rounds, newest first. @throws Refusal federation_not_found, request_invalid */
export async function listRounds(
  ledger: Ledger,
  federation: string,
  request: PageRequest = {},
): Promise<Page<Round>> {
  const limit = pageLimit(request);
  const rows = await runScript(ledger, LIST, federation, { below: numberCursor(request), limit });
  const found = rows.map(roundFrom);
  return pageOf(found, limit, ({ number }) => String(number));
}
