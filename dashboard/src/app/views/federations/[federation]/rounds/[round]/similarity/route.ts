import { ApiProblem } from '#lib/api/ApiProblem.ts';
import type { Similarity } from '#lib/api/comparison.ts';
import { isProblem } from '#lib/api/isProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import { trimSimilarity } from '#lib/similarity/trimSimilarity.ts';
import { forwardToApi } from '#server/api/forwardToApi.ts';
import { withSession } from '#server/api/withSession.ts';
import type { RoundContext } from '#server/spectrum/spectrumView.ts';

/** How alike the clients' updates are, with a matrix no larger than a screen. */
export function GET(request: Request, { params }: RoundContext): Promise<Response> {
  return withSession(request, async (session) => {
    const { federation, round } = await params;
    const path = `/v1/federations/${encodeURIComponent(federation)}/rounds/${encodeURIComponent(round)}/similarity`;
    const answer = await forwardToApi(session, request, path);
    const body: unknown = await answer.json();
    if (!answer.ok) {
      throw new ApiProblem(
        isProblem(body)
          ? body
          : makeProblem(502, 'unexpected', 'Unexpected answer', 'The api answered oddly.'),
      );
    }
    return Response.json(trimSimilarity(body as Similarity), {
      headers: { 'cache-control': 'private, no-store' },
    });
  });
}
