import type { AuditEntry } from '@florist/core/schemas/auditEntry';

/** An entry of one of the trail's streams: its id, then names and values. */
export function auditEntryFrom([id, flat]: [string, string[]]): AuditEntry {
  const [, at = '', , request = '', , answer = '', , count = ''] = flat;
  return {
    ...{ id, at },
    ...JSON.parse(request),
    ...JSON.parse(answer),
    ...(count !== '' && { count: Number(count) }),
  };
}
