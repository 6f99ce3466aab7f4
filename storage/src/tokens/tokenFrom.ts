import { ServiceRole, type Token } from '@florist/core/schemas/token';
import { type Fields, fieldsFrom, literal, need } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';
import { isoOfMs } from './isoOfMs.js';

/** The token in a record, which follows its id; never its hash. */
export function tokenFrom(id: Reply | undefined, flat: Reply | undefined): Token {
  const fields = fieldsFrom(flat);
  return {
    id: String(id),
    name: need(fields, 'name'),
    role: literal(ServiceRole, need(fields, 'role')),
    ...(fields.federations !== undefined && { federations: federationsFrom(fields) }),
    prefix: need(fields, 'prefix'),
    createdAt: need(fields, 'createdAt'),
    createdBy: need(fields, 'createdBy'),
    ...(fields.rotatedAt !== undefined && { rotatedAt: fields.rotatedAt }),
    ...(fields.expiresMs !== undefined && { expiresAt: isoOfMs(fields.expiresMs) }),
    ...(fields.previousMs !== undefined && { previousUntil: isoOfMs(fields.previousMs) }),
    ...(fields.lastUsedMs !== undefined && { lastUsedAt: isoOfMs(fields.lastUsedMs) }),
  };
}

/** The federations that a token is limited to; undefined for one that is not. */
export function federationsFrom(fields: Fields): string[] | undefined {
  return fields.federations === undefined ? undefined : JSON.parse(fields.federations);
}
