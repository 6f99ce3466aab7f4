import type { AuditRequest } from '@florist/core/schemas/auditEntry';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { APPEND, TURNED_AWAY_KEPT } from './auditScript.js';
import type { AuditAnswer } from './finishEntry.js';

/** Over how long failed attempts are counted, and how long too many of them are refused, in seconds. */
export const ATTEMPT_WINDOW_SECONDS = 60;

/** Invalid tokens that one address may try in that time: a fleet of devices behind one address whose tokens ended. */
export const ADDRESS_ATTEMPTS_MAX = 60;

/** Wrong secrets that may be tried for one token in that time, from all addresses: a device that tries again and again. */
export const PREFIX_ATTEMPTS_MAX = 20;

/** Somebody who was turned away. */
export interface TurnedAway {
  request: AuditRequest;
  answer: AuditAnswer;
  /** Whose attempts are counted together. */
  source: string;
  /** An invalid token was tried: what the limits are about. */
  guess?: {
    /** The public part of that token, where it has one. */
    prefix: string | undefined;
    /** The answer once there are too many. */
    limited: AuditAnswer;
  };
}

/**
 * Counters of their own time, which Redis removes after it. Of what one source does within it, the first is
 * entered, the tenth, the hundredth, and so on, each with the count: a flood makes a handful of entries.
 */
const NOTE = script(`${APPEND}
local function count(key)
  local times = redis.call('INCR', global .. key)
  if times == 1 then redis.call('PEXPIRE', global .. key, ${ATTEMPT_WINDOW_SECONDS * 1000}) end
  return times
end
local function left(key) return redis.call('PTTL', global .. key) end
local wait, answer, source = 0, args.answer, args.source
if args.guessed then
  local address, prefix = 'attempts:address:' .. args.address, args.prefix and 'attempts:prefix:' .. args.prefix
  if count(address) > ${ADDRESS_ATTEMPTS_MAX} then
    -- whose tokens it guesses is its own choice, and one more for each of them would be no handful
    wait, source = left(address), args.address
  elseif prefix and count(prefix) > ${PREFIX_ATTEMPTS_MAX} then wait = left(prefix) end
  if wait > 0 then answer = args.limited end
end
local times = count('audit-seen:' .. source .. (wait > 0 and ' limited' or ''))
local power = times
while power >= 10 and power % 10 == 0 do power = power / 10 end
if power == 1 then append('audit-turned-away', ${TURNED_AWAY_KEPT}, args.request, answer, times) end
return { 'ok', wait }
`);

/**
 * Counts an attempt that was turned away, for the limits and for the trail.
 * @param address as limits see it: see addressBlock
 * @returns for how many seconds attempts like it are refused; 0 while they may go on
 */
export async function noteTurnedAway(
  ledger: Ledger,
  address: string,
  { request, answer, source, guess }: TurnedAway,
): Promise<number> {
  const [waitMs] = await runScript(ledger, NOTE, NO_FEDERATION, {
    ...{ address, source, guessed: guess !== undefined, prefix: guess?.prefix },
    request: JSON.stringify(request),
    answer: JSON.stringify(answer),
    limited: guess && JSON.stringify(guess.limited),
  });
  return Math.ceil(Number(waitMs) / 1000);
}
