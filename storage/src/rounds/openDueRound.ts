import { hasStalled } from '@florist/core/rounds/hasStalled';
import { ENDED } from '@florist/core/rounds/transition';
import type { Round } from '@florist/core/schemas/round';
import { getFederation } from '../federations/getFederation.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { metricHistory } from './metricHistory.js';
import { drawSeed } from './openRound.js';
import { OPEN_ROUND } from './openScript.js';
import { roundFrom } from './roundFrom.js';

/** After an opening that came to nothing, such as with too few clients, seconds until it is tried again. */
const OPENING_RETRY_SECONDS = 60;
/** A round that still chooses among its candidates would lose that choice to the next; seconds until a new look. */
const CHOICE_RETRY_SECONDS = 5;

/** What stands in the way is told as an event, once for each try. */
const OPEN_DUE = script(`${FEDERATION_EXISTS}${OPEN_ROUND}
local due = tonumber(redis.call('HGET', federation_key, 'nextRoundMs'))
if not due or due > args.nowMs then return { 'ok', {} } end
local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
if latest > 0 and redis.call('HGET', round_key(latest), 'choice') == 'open' then
  schedule_next_at(args.nowMs + ${CHOICE_RETRY_SECONDS * 1000})
  return { 'ok', {} }
end
if args.stalled then
  unschedule_next()
  emit({ type = 'round.not-opened', round = latest + 1, detail = 'metric_stalled' })
  return { 'ok', {} }
end
local opened, refusal = open_round()
if opened then return { 'ok', round_row(opened) } end
if refusal[2] == 'round_open' then
  unschedule_next()
else
  schedule_next_at(args.nowMs + ${OPENING_RETRY_SECONDS * 1000})
  emit({ type = 'round.not-opened', round = latest + 1, detail = refusal[2] })
end
return { 'ok', {} }
`);

/**
 * Opens the next round of a federation that opens rounds by itself, once its time has come. Of several who try
 * one does; undefined for the others, and where it cannot open.
 * @throws Refusal federation_not_found
 */
export async function openDueRound(ledger: Ledger, federation: string): Promise<Round | undefined> {
  const stalled = await metricStalled(ledger, federation);
  const args = { ended: ENDED, drawnSeed: drawSeed(), set: {}, unset: [], stalled };
  const [row] = await runScript(ledger, OPEN_DUE, federation, args);
  return listFrom(row).length === 0 ? undefined : roundFrom(row);
}

async function metricStalled(ledger: Ledger, federation: string): Promise<boolean> {
  const { rounds, latestRound } = await getFederation(ledger, federation);
  const stall = rounds.next?.stopWhenStalled;
  if (stall === undefined || latestRound === undefined) return false;
  return hasStalled(stall, await metricHistory(ledger, federation, latestRound.number, stall.metric));
}
