import type { Heartbeat, Participant } from '@florist/core/schemas/participant';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { SETTLE } from '../rounds/deadlineScript.js';
import { PARTICIPANT_ROW, participantFrom } from './participantFrom.js';
import { SIGHT } from './sightScript.js';

const RECORD = script(`${ROUND_EXISTS}${SETTLE}${SIGHT}${PARTICIPANT_ROW}
local client = args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
settle(n, round)
if round.seed and not redis.call('ZSCORE', round_key(n, 'invited'), client) then return refuse('client_not_invited') end
if round.state ~= 'collecting' then return refuse('round_not_collecting', 'state', round.state) end
report(n, client, args.state, args.step, args.total)
return { 'ok', participant_row(n, round, client) }
`);

/**
 * Notes what a client reports of itself while its round collects.
 * @throws Refusal federation_not_found, round_not_found, client_not_found, client_not_invited,
 * round_not_collecting
 */
export async function recordHeartbeat(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  client: string,
  heartbeat: Heartbeat,
): Promise<Participant> {
  const [row] = await runScript(ledger, RECORD, federation, { round, client, ...heartbeat });
  return participantFrom(row);
}
