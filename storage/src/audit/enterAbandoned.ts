import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { APPEND, AUDIT_KEPT } from './auditScript.js';
import type { AuditAnswer } from './finishEntry.js';

/** So many are entered in one script at most; more wait for the next. */
const BATCH = 100;

const ENTER = script(`${APPEND}
local due = redis.call('ZRANGEBYSCORE', global .. 'audit-begun-until', '-inf', args.nowMs, 'LIMIT', 0, ${BATCH})
for _, id in ipairs(due) do
  append('audit', ${AUDIT_KEPT}, redis.call('HGET', global .. 'audit-begun', id), args.answer)
  redis.call('HDEL', global .. 'audit-begun', id)
  redis.call('ZREM', global .. 'audit-begun-until', id)
end
return { 'ok', #due }
`);

/**
 * Enters changes that were begun and took longer than they may, since their process ended; nobody knows whether they
 * were made.
 * @returns how many there were
 */
export async function enterAbandoned(ledger: Ledger): Promise<number> {
  const unknown: AuditAnswer = { outcome: 'unknown' };
  const [count] = await runScript(ledger, ENTER, NO_FEDERATION, { answer: JSON.stringify(unknown) });
  return Number(count);
}
