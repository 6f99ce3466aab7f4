import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '#server/security/contentSecurityPolicy.ts';
import { PATH_HEADER, STYLE_NONCE_HEADER } from '#server/security/pageHeaders.ts';
import { SECURITY_HEADERS } from '#server/security/securityHeaders.ts';

const NONCE_BYTES = 16; // 128 bits, fresh for every answer

/** Runs before every page and route: security headers, and the nonce that Next puts on its scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonces = { script: makeNonce(), style: makeNonce() };
  const policy = contentSecurityPolicy(nonces, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set(STYLE_NONCE_HEADER, nonces.style);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    response.headers.set(name, value);
  }
  return response;
}

const makeNonce = () => randomBytes(NONCE_BYTES).toString('base64');

export const config = {
  // static files are immutable and hold nothing of a reader's
  matcher: '/((?!_next/static|favicon.ico).*)',
};
