import type { Client } from '@florist/core/schemas/client';
import type { Reply } from '../ledger/runScript.js';
import { isoOfMs } from '../tokens/isoOfMs.js';
import type { KnownSecrets } from '../tokens/matchesSecret.js';

/** What the ledger keeps of a client; hashes are the SHA-256 of its tokens, in hex. */
export interface ClientRecord extends KnownSecrets {
  registeredAt: string;
  tokenCreatedAt: string;
}

export function clientRecordFrom(json: Reply | undefined): ClientRecord {
  return JSON.parse(String(json));
}

/** @param usedMs when a token of it was last used, in milliseconds since 1970 */
export function clientFrom(
  federation: string,
  client: string,
  json: Reply | undefined,
  usedMs?: Reply | undefined,
): Client {
  const { registeredAt, tokenCreatedAt, expiresMs, previousMs } = clientRecordFrom(json);
  return {
    ...{ client, federation, registeredAt, tokenCreatedAt },
    ...(expiresMs !== undefined && { tokenExpiresAt: isoOfMs(expiresMs) }),
    ...(previousMs !== undefined && { previousTokenUntil: isoOfMs(previousMs) }),
    ...(typeof usedMs === 'string' && { lastUsedAt: isoOfMs(usedMs) }),
  };
}
