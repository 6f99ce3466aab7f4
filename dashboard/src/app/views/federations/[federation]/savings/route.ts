import { sumSavings } from '#lib/federation/sumSavings.ts';
import { allRounds } from '#server/federation/allRounds.ts';
import { type FederationContext, federationView } from '#server/federation/federationView.ts';

/** What the federation saved against FLoRA so far. */
export function GET(request: Request, context: FederationContext): Promise<Response> {
  return federationView(request, context, async (session, federation) =>
    sumSavings(await allRounds(session, federation)),
  );
}
