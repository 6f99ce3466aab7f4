import type { Client } from '@florist/core/schemas/client';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { clientFrom } from './clientFrom.js';

const LIST = script(`${FEDERATION_EXISTS}
local after = args.after and ('(' .. args.after) or '-'
local names = redis.call('ZRANGEBYLEX', base .. 'clients', after, '+', 'LIMIT', 0, args.limit + 1)
if #names == 0 then return { 'ok', {}, {}, {} } end
return {
  'ok', names, redis.call('HMGET', base .. 'client-records', unpack(names)),
  redis.call('HMGET', base .. 'client-uses', unpack(names)),
}
`);

/** A federation's clients in the order of their ids. @throws Refusal federation_not_found, request_invalid */
export async function listClients(
  ledger: Ledger,
  federation: string,
  request: PageRequest = {},
): Promise<Page<Client>> {
  const limit = pageLimit(request);
  const reply = await runScript(ledger, LIST, federation, { after: nameCursor(request), limit });
  const [names, records, uses] = reply.map(listFrom);
  const found = (names ?? []).map((name, index) =>
    clientFrom(federation, String(name), records?.[index], uses?.[index]),
  );
  return pageOf(found, limit, ({ client }) => client);
}
