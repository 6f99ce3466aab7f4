import type { Federation } from '@florist/core/schemas/federation';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { FEDERATION_ROW, federationFrom } from './federationFrom.js';

const LIST = script(`${FEDERATION_ROW}
local names = {}
if args.only then
  for _, name in ipairs(args.only) do
    local wanted = #names <= args.limit and (not args.after or name > args.after)
    if wanted and redis.call('ZSCORE', global .. 'federations', name) then names[#names + 1] = name end
  end
else
  local after = args.after and ('(' .. args.after) or '-'
  names = redis.call('ZRANGEBYLEX', global .. 'federations', after, '+', 'LIMIT', 0, args.limit + 1)
end
local rows = {}
for i, name in ipairs(names) do rows[i] = federation_row(global .. '{' .. name .. '}:') end
return { 'ok', unpack(rows) }
`);

/**
 * Federations in the order of their names.
 * @param only names of those that are wanted; undefined: all
 * @throws Refusal request_invalid for a cursor that is none
 */
export async function listFederations(
  ledger: Ledger,
  request: PageRequest = {},
  only?: readonly string[],
): Promise<Page<Federation>> {
  const limit = pageLimit(request);
  const args = { after: nameCursor(request), limit, only: only && [...only].sort() };
  const rows = await runScript(ledger, LIST, NO_FEDERATION, args);
  return pageOf(rows.map(federationFrom), limit, (federation) => federation.name);
}
