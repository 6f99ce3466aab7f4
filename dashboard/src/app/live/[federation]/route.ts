import { forwardToApi } from '#server/api/forwardToApi.ts';
import { withSession } from '#server/api/withSession.ts';

interface Context {
  params: Promise<{ federation: string }>;
}

/** A federation's events as the api streams them; `Last-Event-ID` or `?after=` resumes without a gap. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return withSession(request, async (session) => {
    const { federation } = await params;
    const path = `/v1/federations/${encodeURIComponent(federation)}/events`;
    return forwardToApi(session, request, `${path}${new URL(request.url).search}`);
  });
}
