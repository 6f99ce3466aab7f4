import { unwrap } from '#lib/api/unwrap.ts';
import { trimSimilarity } from '#lib/similarity/trimSimilarity.ts';
import { serverApi } from '#server/api/serverApi.ts';
import { withSession } from '#server/api/withSession.ts';
import type { RoundContext } from '#server/spectrum/spectrumView.ts';

/** How alike the clients' updates are, with a matrix no larger than a screen. */
export function GET(request: Request, { params }: RoundContext): Promise<Response> {
  return withSession(request, async (session) => {
    const similarity = await unwrap(
      serverApi(session.token).GET('/v1/federations/{federation}/rounds/{round}/similarity', {
        params: { path: await params },
      }),
    );
    return Response.json(trimSimilarity(similarity), { headers: { 'cache-control': 'private, no-store' } });
  });
}
