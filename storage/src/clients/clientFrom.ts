import type { Client } from '@florist/core/schemas/client';
import type { Reply } from '../ledger/runScript.js';

/** What the ledger keeps of a client. */
export interface ClientRecord {
  registeredAt: string;
  tokenCreatedAt: string;
  /** SHA-256 of the token, in hex. */
  tokenHash: string;
}

export function clientRecordFrom(json: Reply | undefined): ClientRecord {
  return JSON.parse(String(json));
}

export function clientFrom(federation: string, client: string, json: Reply | undefined): Client {
  const { registeredAt, tokenCreatedAt } = clientRecordFrom(json);
  return { client, federation, registeredAt, tokenCreatedAt };
}
