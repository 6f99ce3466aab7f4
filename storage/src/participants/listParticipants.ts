import type { Participant } from '@florist/core/schemas/participant';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { PARTICIPANT_ROW, participantFrom } from './participantFrom.js';

/** Merges two lists in the order of names: those who are invited, and those whose submissions count. */
const LIST = script(`${ROUND_EXISTS}${PARTICIPANT_ROW}
local after = args.after and ('(' .. args.after) or '-'
local function names(key) return redis.call('ZRANGEBYLEX', key, after, '+', 'LIMIT', 0, args.limit + 1) end
local invited = names(round.seed and round_key(n, 'invited') or base .. 'clients')
local submitted = names(round_key(n, 'clients'))
local rows, i, j = {}, 1, 1
while #rows <= args.limit and (invited[i] or submitted[j]) do
  local a, b = invited[i], submitted[j]
  local client = (not b or (a and a < b)) and a or b
  if a == client then i = i + 1 end
  if b == client then j = j + 1 end
  rows[#rows + 1] = participant_row(n, round, client)
end
return { 'ok', rows }
`);

/**
 * The clients that a round invites, and those whose submissions were carried into it, in the order of their ids.
 * @throws Refusal federation_not_found, round_not_found, request_invalid
 */
export async function listParticipants(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  request: PageRequest = {},
): Promise<Page<Participant>> {
  const limit = pageLimit(request);
  const [rows] = await runScript(ledger, LIST, federation, { round, after: nameCursor(request), limit });
  return pageOf(listFrom(rows).map(participantFrom), limit, ({ client }) => client);
}
