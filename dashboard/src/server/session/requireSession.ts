import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { signInPath } from '#lib/url/signInPath.ts';
import { PATH_HEADER } from '../security/pageHeaders.ts';
import { readSession } from './readSession.ts';
import type { Session } from './session.ts';

/** The session of a page; sends the reader to sign in where there is none. */
export async function requireSession(): Promise<Session> {
  const session = await readSession();
  if (session === undefined) {
    const path = (await headers()).get(PATH_HEADER) ?? '/';
    redirect(signInPath(path));
  }
  return session;
}
