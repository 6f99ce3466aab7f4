import { timingSafeEqual } from 'node:crypto';

/** The hashes under which a token is known, and until when each of them holds, in milliseconds since 1970. */
export interface KnownSecrets {
  tokenHash: string;
  expiresMs?: string | undefined;
  previousHash?: string | undefined;
  previousMs?: string | undefined;
}

/** Whether a token's SHA-256 is one of those known, at a time at which that one holds. */
export function matchesSecret(hash: Buffer, known: KnownSecrets, nowMs: number): boolean {
  return (
    matches(hash, known.tokenHash, known.expiresMs, nowMs) ||
    matches(hash, known.previousHash, known.previousMs, nowMs)
  );
}

function matches(hash: Buffer, hex: string | undefined, untilMs: string | undefined, nowMs: number): boolean {
  if (hex === undefined || (untilMs !== undefined && nowMs >= Number(untilMs))) return false;
  return timingSafeEqual(hash, Buffer.from(hex, 'hex'));
}
