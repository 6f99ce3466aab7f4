import type { Token } from '@florist/core/schemas/token';
import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { tokenFrom } from './tokenFrom.js';
import { TOKEN_KEYS } from './tokenScript.js';

const LIST = script(`${TOKEN_KEYS}
local after = args.after and ('(' .. args.after) or '-'
local rows = {}
for i, id in ipairs(redis.call('ZRANGEBYLEX', global .. 'tokens', after, '+', 'LIMIT', 0, args.limit + 1)) do
  rows[i] = { id, redis.call('HGETALL', token_key(id)) }
end
return { 'ok', rows }
`);

/** Tokens of operators and viewers in the order in which they were made. @throws Refusal request_invalid */
export async function listTokens(ledger: Ledger, request: PageRequest = {}): Promise<Page<Token>> {
  const limit = pageLimit(request);
  const [rows] = await runScript(ledger, LIST, NO_FEDERATION, { after: nameCursor(request), limit });
  const found = listFrom(rows).map((row) => {
    const [id, flat] = listFrom(row);
    return tokenFrom(id, flat);
  });
  return pageOf(found, limit, ({ id }) => id);
}
