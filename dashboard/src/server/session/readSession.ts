import { cookies } from 'next/headers';
import type { Session } from './session.ts';
import { decodeSession, sessionCookieName } from './sessionCookie.ts';

/** The session of the request that is being answered. */
export async function readSession(): Promise<Session | undefined> {
  return decodeSession((await cookies()).get(sessionCookieName())?.value);
}
