import { makeProblem } from '#lib/api/toProblem.ts';
import { isAllowed } from '#server/api/allowedPaths.ts';
import { forwardToApi } from '#server/api/forwardToApi.ts';
import { problemResponse } from '#server/api/problemResponse.ts';
import { withSession } from '#server/api/withSession.ts';

const PREFIX = '/api';

function forward(request: Request): Promise<Response> {
  return withSession(request, async (session) => {
    const { pathname, search } = new URL(request.url);
    const path = pathname.slice(PREFIX.length);
    if (!isAllowed(request.method, path)) {
      return problemResponse(
        makeProblem(404, 'route_not_found', 'No such route', `The dashboard does not pass on ${path}.`),
      );
    }
    return forwardToApi(session, request, `${path}${search}`);
  });
}

export { forward as DELETE, forward as GET, forward as PATCH, forward as POST, forward as PUT };
