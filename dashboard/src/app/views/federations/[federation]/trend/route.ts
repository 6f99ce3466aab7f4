import { toTrend } from '#lib/federation/toTrend.ts';
import { allRounds } from '#server/federation/allRounds.ts';
import { type FederationContext, federationView } from '#server/federation/federationView.ts';

/** What each published round learned, how small it is and how long it took. */
export function GET(request: Request, context: FederationContext): Promise<Response> {
  return federationView(request, context, async (session, federation) =>
    toTrend(await allRounds(session, federation)),
  );
}
