import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@florist/core/errors/refusal';
import { SETTINGS_TOKEN } from '@florist/core/schemas/auditEntry';
import { verifyClientToken } from '@florist/storage/clients/verifyClientToken';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { verifyServiceToken } from '@florist/storage/tokens/verifyServiceToken';
import type { Principal } from './principal.js';

/** The tokens that settings name; all others are in the ledger. */
export interface ServiceTokens {
  operatorToken: string;
  viewerToken?: string | undefined;
}

/** RFC 6750: the scheme, then visible characters only. */
const BEARER = /^Bearer +([\x21-\x7e]+)$/i;

/**
 * Finds out who sends a request from its `Authorization` header.
 * @throws Refusal token_missing, token_invalid
 */
export async function identify(
  authorization: string | undefined,
  tokens: ServiceTokens,
  ledger: Ledger,
): Promise<Principal> {
  if (authorization === undefined) {
    throw new Refusal('token_missing', 'Send the header `Authorization: Bearer <token>`.');
  }
  const token = bearerOf(authorization);
  if (token === undefined) {
    throw new Refusal('token_invalid', 'The Authorization header must read `Bearer <token>`.');
  }
  if (equals(token, tokens.operatorToken)) {
    return { role: 'operator', token: SETTINGS_TOKEN };
  }
  if (tokens.viewerToken !== undefined && equals(token, tokens.viewerToken)) {
    return { role: 'viewer', token: SETTINGS_TOKEN };
  }
  const holder = await verifyServiceToken(ledger, token);
  if (holder !== undefined) {
    const { role, id, name, federations } = holder;
    return { role, token: id, name, federations };
  }
  const client = await verifyClientToken(ledger, token);
  if (client === undefined) {
    throw new Refusal('token_invalid', 'The token is unknown, or has expired, or was replaced or withdrawn.');
  }
  return { role: 'client', federation: client.federation, client: client.client };
}

/** The token in an `Authorization` header; undefined where there is none of that form. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization.trim())?.[1];
}

/** Takes the same time whatever the difference, and hides the length of the secret. */
function equals(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
