import type { AuditEntry } from '@florist/core/schemas/auditEntry';
import type { Ledger } from '../ledger/openLedger.js';
import { type Page, type PageRequest, pageLimit, pageOf, pageUpTo, streamCursor } from '../paging/page.js';
import { auditEntryFrom } from './auditEntryFrom.js';

/** Entries that one request looks through at most, so that a filter that nothing passes costs a bounded time. */
export const AUDIT_SCAN_MAX = 20_000;

/** Entries that are read at a time where some of them may not pass. */
const CHUNK = 1_000;

export interface AuditFilter {
  federation?: string | undefined;
  /** Only entries that concern one of these; undefined: all, also those that concern none. */
  federations?: readonly string[] | undefined;
  /** Id or name of a token, id of a client, or a role. */
  who?: string | undefined;
  action?: string | undefined;
}

/**
 * The trail, newest first. A page can be short, or even empty, and still have a cursor: then AUDIT_SCAN_MAX entries
 * were looked through, and the next page goes on from there.
 * @throws Refusal request_invalid
 */
export async function listAudit(
  ledger: Ledger,
  filter: AuditFilter = {},
  request: PageRequest = {},
): Promise<Page<AuditEntry>> {
  const limit = pageLimit(request);
  const chunk = Object.values(filter).every((value) => value === undefined) ? limit + 1 : CHUNK;
  const found: AuditEntry[] = [];
  let before = streamCursor(request);
  for (let scanned = 0; scanned < AUDIT_SCAN_MAX; scanned += chunk) {
    const entries = await readBefore(ledger, before, chunk);
    found.push(...entries.filter((entry) => passes(entry, filter)));
    if (found.length > limit || entries.length < chunk) return pageOf(found, limit, ({ id }) => id);
    before = entries.at(-1)?.id;
  }
  return before === undefined ? { items: found } : pageUpTo(found, before);
}

function passes(entry: AuditEntry, { federation, federations, who, action }: AuditFilter): boolean {
  const { role, token, name, client } = entry.who;
  return (
    (federation === undefined || entry.federation === federation) &&
    (federations === undefined || federations.includes(entry.federation ?? '')) &&
    (who === undefined || [role, token, name, client].includes(who)) &&
    (action === undefined || entry.action === action)
  );
}

/** The newest entries before an id, of both streams. */
async function readBefore(ledger: Ledger, id: string | undefined, count: number): Promise<AuditEntry[]> {
  const from = id === undefined ? '+' : `(${id}`;
  const streams = ['audit', 'audit-turned-away'].map((stream) =>
    ledger.redis.xrevrange(`${ledger.prefix}:${stream}`, from, '-', 'COUNT', count),
  );
  const entries = (await Promise.all(streams)).flat().map(auditEntryFrom);
  return entries.sort((a, b) => compareIds(b.id, a.id)).slice(0, count);
}

function compareIds(a: string, b: string): number {
  const [aMs, aNth] = a.split('-');
  const [bMs, bNth] = b.split('-');
  return Number(aMs) - Number(bMs) || Number(aNth) - Number(bNth);
}
