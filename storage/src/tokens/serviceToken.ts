import { randomBytes } from 'node:crypto';
import { newSecret } from '../clients/clientToken.js';

/** Hex digits of the time in an id: they hold until the year 2527. */
const TIME_DIGITS = 11;
/** Random ones after it, so that tokens made in one millisecond differ. */
const CHANCE_DIGITS = 5;

/** So much of a secret is shown that old and new ones differ: 24 of its 256 bits. */
const SECRET_SHOWN = 4;

const TOKEN = /^florist_(tk-[0-9a-f]{16})\.[A-Za-z0-9_-]{43}$/;

export function newTokenId(now: Date): string {
  const time = now.getTime().toString(16).padStart(TIME_DIGITS, '0');
  return `tk-${time}${randomBytes(CHANCE_DIGITS).toString('hex').slice(0, CHANCE_DIGITS)}`;
}

/** A new bearer token of an operator or a viewer; it names its record, so that one look-up finds the hash. */
export function newServiceToken(id: string): string {
  return `florist_${id}.${newSecret()}`;
}

/** Which record a token claims; undefined when it is no token of that kind. */
export function serviceTokenId(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** What may be shown of a token. */
export function tokenPrefix(token: string): string {
  return token.slice(0, token.indexOf('.') + 1 + SECRET_SHOWN);
}
