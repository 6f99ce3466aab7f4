import type { Federation } from '@florist/core/schemas/federation';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { FEDERATION_ROW, federationFrom } from './federationFrom.js';

const LIST = script(`${FEDERATION_ROW}
local after = args.after and ('(' .. args.after) or '-'
local names = redis.call('ZRANGEBYLEX', global .. 'federations', after, '+', 'LIMIT', 0, args.limit + 1)
local rows = {}
for i, name in ipairs(names) do rows[i] = federation_row(global .. '{' .. name .. '}:') end
return { 'ok', unpack(rows) }
`);

/** The list belongs to no federation; the script needs a name for its first key all the same. */
const NO_FEDERATION = 'none';

/** Federations in the order of their names. @throws Refusal request_invalid for a cursor that is none */
export async function listFederations(ledger: Ledger, request: PageRequest = {}): Promise<Page<Federation>> {
  const limit = pageLimit(request);
  const rows = await runScript(ledger, LIST, NO_FEDERATION, { after: nameCursor(request), limit });
  return pageOf(rows.map(federationFrom), limit, (federation) => federation.name);
}
