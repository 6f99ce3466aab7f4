import type { AuditRequest } from '@florist/core/schemas/auditEntry';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

const BEGIN = script(`
redis.call('HSET', global .. 'audit-begun', args.requestId, args.request)
redis.call('ZADD', global .. 'audit-begun-until', args.nowMs + args.withinMs, args.requestId)
return { 'ok' }
`);

/**
 * Notes a change before it is made, so that it is in the trail even if the process ends in the middle of it.
 * @param withinMs how long it may take at most, in milliseconds
 */
export async function beginEntry(ledger: Ledger, request: AuditRequest, withinMs: number): Promise<void> {
  const { requestId } = request;
  await runScript(ledger, BEGIN, NO_FEDERATION, { requestId, withinMs, request: JSON.stringify(request) });
}
