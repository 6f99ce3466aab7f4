import 'server-only';
import { withSession } from '../api/withSession.ts';
import type { Session } from '../session/session.ts';

export interface FederationContext {
  params: Promise<{ federation: string }>;
}

/** Answers with something put together from several answers of the api about one federation. */
export function federationView(
  request: Request,
  { params }: FederationContext,
  view: (session: Session, federation: string, query: URLSearchParams) => Promise<unknown>,
): Promise<Response> {
  return withSession(request, async (session) => {
    const { federation } = await params;
    const body = await view(session, federation, new URL(request.url).searchParams);
    return Response.json(body, { headers: { 'cache-control': 'private, no-store' } });
  });
}
