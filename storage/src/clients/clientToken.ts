import { createHash, randomBytes } from 'node:crypto';

/** As hard to guess as the SHA-256 that is kept of it is to invert. */
const SECRET_BYTES = 32;

const TOKEN = /^florist_([a-z0-9][a-z0-9-]{0,62})\.([a-z0-9][a-z0-9-]{0,62})\.[A-Za-z0-9_-]{43}$/;

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** A new bearer token; it names its owner, so that one look-up finds the hash to compare with. */
export function newToken(federation: string, client: string): string {
  return `florist_${federation}.${client}.${newSecret()}`;
}

/** Whom a token claims to belong to; undefined when it is no client's token at all. */
export function tokenOwner(token: string): { federation: string; client: string } | undefined {
  const [, federation, client] = TOKEN.exec(token) ?? [];
  return federation === undefined || client === undefined ? undefined : { federation, client };
}

/** A plain digest is enough: 256 random bits need no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
