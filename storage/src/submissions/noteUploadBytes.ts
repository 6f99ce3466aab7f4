import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import type { UploadBytes } from '../participants/participantFrom.js';

/** What is told of an upload after its end, since nobody waits for the telling, is not kept. */
const NOTE = script(`${ROUND_EXISTS}
if redis.call('HEXISTS', round_key(n, 'uploads'), args.client) == 1 then
  redis.call('HSET', round_key(n, 'upload-bytes'), args.client, args.bytes)
end
return { 'ok' }
`);

/**
 * Notes how many bytes of an upload under way have come, and of how many. No event: it comes every second.
 * @throws Refusal federation_not_found, round_not_found
 */
export async function noteUploadBytes(
  ledger: Ledger,
  federation: string,
  round: number,
  client: string,
  bytes: UploadBytes,
): Promise<void> {
  await runScript(ledger, NOTE, federation, { round, client, bytes: JSON.stringify(bytes) });
}
