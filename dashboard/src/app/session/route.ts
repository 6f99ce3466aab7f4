import { cookies } from 'next/headers';
import { makeProblem } from '#lib/api/toProblem.ts';
import { learnRights } from '#server/api/learnRights.ts';
import { problemResponse, toProblemResponse } from '#server/api/problemResponse.ts';
import { isSameOrigin } from '#server/security/isSameOrigin.ts';
import { readSession } from '#server/session/readSession.ts';
import { encodeSession, sessionCookieName, sessionCookieOptions } from '#server/session/sessionCookie.ts';

/** Who is signed in, if anyone. */
export async function GET(): Promise<Response> {
  const session = await readSession();
  return Response.json({ role: session?.role ?? null }, { headers: { 'cache-control': 'no-store' } });
}

/** Signs in: `{ token }`. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) {
    return problemResponse(makeProblem(403, 'cross_site', 'Refused', 'Sign in on the dashboard’s own page.'));
  }
  const token = readToken(await request.json().catch(() => undefined));
  if (token === undefined) {
    return problemResponse(makeProblem(422, 'token_missing', 'No token', 'Paste the token as it was shown.'));
  }
  try {
    const rights = await learnRights(token);
    const store = await cookies();
    store.set(
      sessionCookieName(),
      encodeSession({ ...rights, token }),
      sessionCookieOptions(isSecure(request)),
    );
    return Response.json({ role: rights.role });
  } catch (thrown) {
    return toProblemResponse(thrown);
  }
}

/** Signs out. */
export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) {
    return problemResponse(
      makeProblem(403, 'cross_site', 'Refused', 'Sign out on the dashboard’s own page.'),
    );
  }
  (await cookies()).delete(sessionCookieName());
  return new Response(null, { status: 204 });
}

function readToken(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('token' in body) || typeof body.token !== 'string') {
    return undefined;
  }
  const token = body.token.trim().replace(/^Bearer +/i, '');
  return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function isSecure(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto');
  return forwarded === null ? new URL(request.url).protocol === 'https:' : forwarded === 'https';
}
