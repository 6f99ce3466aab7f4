import { withSession } from '#server/api/withSession.ts';
import { loadSystem } from '#server/system/loadSystem.ts';

/** What can be seen of the service. */
export function GET(request: Request): Promise<Response> {
  return withSession(request, async (session) =>
    Response.json(await loadSystem(session), { headers: { 'cache-control': 'private, no-store' } }),
  );
}
