import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { QUOTAS } from '../quotas/quotaScript.js';
import { UPLOADS } from '../uploads/uploadScript.js';
import { ROUND_TAKES } from './roundTakesScript.js';

/**
 * A grace waits for uploads under way whether their clients report or not; what was known before is kept for
 * endUpload.
 */
const BEGIN = script(`${ROUND_TAKES}${UPLOADS}${QUOTAS}
if settled then return settled end
local excess = over_quota(client, args.bytes)
if excess then return excess end
if round.state == 'collecting' then
  local before = redis.call('HGET', round_key(n, 'participants'), client)
  redis.call('HSETNX', round_key(n, 'uploads'), client, before or '')
  redis.call('HSET', round_key(n, 'uploads'), client .. '/attempt', args.attempt)
  redis.call('HDEL', round_key(n, 'upload-bytes'), client)
  local heard = before and cjson.decode(before) or {}
  heard.state, heard.seenMs = 'uploading', args.nowMs
  sight(n, client, heard)
end
return { 'ok', n }
`);

/**
 * Checks what needs no body of an upload, notes that it is under way, and finds the round's number. A client that
 * has submitted already is let through even when the round no longer collects: it may be repeating an upload whose
 * answer it never got.
 * @param bytes how large the adapter is at least
 * @param attempt tells this upload from others of the client: only the one that began last is ended by endUpload
 * @throws Refusal federation_not_found, round_not_found, client_not_found, client_not_invited,
 * round_not_collecting, quota_exceeded
 */
export async function beginUpload(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  client: string,
  bytes = 0,
  attempt = '',
): Promise<number> {
  const [number] = await runScript(ledger, BEGIN, federation, { round, client, bytes, attempt });
  return Number(number);
}
