import { dashboardPort } from '../settings.ts';
import { ROLES, type Session } from './session.ts';

/** A working day; the token itself lives as long as the api says. */
const SESSION_SECONDS = 12 * 3600;

export function sessionCookieName(): string {
  return `florist-session-${dashboardPort()}`;
}

/**
 * How the browser keeps the cookie: out of reach of scripts, and never sent along by other sites.
 * @param secure whether the dashboard is reached over https
 */
export function sessionCookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: 'strict', path: '/', maxAge: SESSION_SECONDS, secure } as const;
}

/** Behind the role of a token that is for some federations only. */
const LIMITED = '-limited';

export function encodeSession({ role, limited, token }: Session): string {
  return `${role}${limited ? LIMITED : ''}.${token}`;
}

/** The rights in the cookie only decide what is shown; what is allowed the api decides by the token. */
export function decodeSession(value: string | undefined): Session | undefined {
  const split = value?.indexOf('.') ?? -1;
  if (value === undefined || split < 0) {
    return undefined;
  }
  const rights = value.slice(0, split);
  const limited = rights.endsWith(LIMITED);
  const role = ROLES.find((candidate) => candidate === (limited ? rights.slice(0, -LIMITED.length) : rights));
  const token = value.slice(split + 1);
  return role !== undefined && /^[\x21-\x7e]+$/.test(token) ? { role, limited, token } : undefined;
}
