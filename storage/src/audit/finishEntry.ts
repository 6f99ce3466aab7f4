import type { AuditRequest, Outcome } from '@florist/core/schemas/auditEntry';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { APPEND, AUDIT_KEPT } from './auditScript.js';

/** How a request ended. */
export interface AuditAnswer {
  outcome: Outcome;
  status?: number;
  code?: string | undefined;
}

const FINISH = script(`${APPEND}
-- sent once more after a lost connection, it is entered already
if redis.call('HDEL', global .. 'audit-begun', args.requestId) == 0 then return { 'ok' } end
redis.call('ZREM', global .. 'audit-begun-until', args.requestId)
append('audit', ${AUDIT_KEPT}, args.request, args.answer)
return { 'ok' }
`);

/** Enters a change that was begun, with how it ended. */
export async function finishEntry(ledger: Ledger, request: AuditRequest, answer: AuditAnswer): Promise<void> {
  const { requestId } = request;
  await runScript(ledger, FINISH, NO_FEDERATION, {
    requestId,
    request: JSON.stringify(request),
    answer: JSON.stringify(answer),
  });
}
