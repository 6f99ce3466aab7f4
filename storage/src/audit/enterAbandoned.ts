import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { APPEND, AUDIT_KEPT } from './auditScript.js';
import type { AuditAnswer } from './finishEntry.js';

/** How long an outcome may still come that an outage of Redis held back, in milliseconds. */
const LATE_MS = 3_600_000;

/** In place of a request that has been entered as unknown. */
const ENTERED = '';

/** So many are entered in one script at most; more wait for the next. */
const BATCH = 100;

const ENTER = script(`${APPEND}
local due = redis.call('ZRANGEBYSCORE', global .. 'audit-begun-until', '-inf', args.nowMs, 'LIMIT', 0, ${BATCH})
local entered = 0
for _, id in ipairs(due) do
  local request = redis.call('HGET', global .. 'audit-begun', id)
  if request == '${ENTERED}' then
    redis.call('HDEL', global .. 'audit-begun', id)
    redis.call('ZREM', global .. 'audit-begun-until', id)
  else
    append('audit', ${AUDIT_KEPT}, request, args.answer)
    redis.call('HSET', global .. 'audit-begun', id, '${ENTERED}')
    redis.call('ZADD', global .. 'audit-begun-until', args.nowMs + ${LATE_MS}, id)
    entered = entered + 1
  end
end
return { 'ok', entered }
`);

/**
 * Enters changes that were begun and took longer than they may, since their process ended; nobody knows whether they
 * were made, unless they are finished after all, which is entered too.
 * @returns how many there were
 */
export async function enterAbandoned(ledger: Ledger): Promise<number> {
  const unknown: AuditAnswer = { outcome: 'unknown' };
  const [count] = await runScript(ledger, ENTER, NO_FEDERATION, { answer: JSON.stringify(unknown) });
  return Number(count);
}
