import type { Who } from '@florist/core/schemas/auditEntry';
import { tokenOwner } from '@florist/storage/clients/clientToken';
import { serviceTokenId } from '@florist/storage/tokens/serviceToken';
import { bearerOf } from './identify.js';

/** Whom the token of a request claims to belong to, by its public part; nothing of it has been verified. */
export function claimOf(authorization: string | undefined): { who: Who; prefix?: string } {
  const bearer = bearerOf(authorization) ?? '';
  const token = serviceTokenId(bearer);
  if (token !== undefined) {
    return { who: { role: 'unknown', token }, prefix: token };
  }
  const owner = tokenOwner(bearer);
  if (owner !== undefined) {
    return { who: { role: 'unknown', ...owner }, prefix: `${owner.federation}.${owner.client}` };
  }
  return { who: { role: 'unknown' } };
}
