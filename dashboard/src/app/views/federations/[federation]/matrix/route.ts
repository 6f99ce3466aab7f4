import { type FederationContext, federationView } from '#server/federation/federationView.ts';
import { loadMatrix } from '#server/federation/loadMatrix.ts';

/** Who took part in which round; `?client=` for one client alone. */
export function GET(request: Request, context: FederationContext): Promise<Response> {
  return federationView(request, context, (session, federation, query) =>
    loadMatrix(session, federation, query.get('client') ?? undefined),
  );
}
