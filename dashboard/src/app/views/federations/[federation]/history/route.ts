import { historyPage } from '#lib/history/historyPage.ts';
import { type FederationContext, federationView } from '#server/federation/federationView.ts';
import { loadHistory } from '#server/history/loadHistory.ts';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 2000;

/** What happened, newest first: `?subject=…&round=…&client=…&progress=1&limit=…`. */
export function GET(request: Request, context: FederationContext): Promise<Response> {
  return federationView(request, context, async (session, federation, query) => {
    const round = Number(query.get('round'));
    const filter = {
      subjects: query.getAll('subject'),
      round: Number.isInteger(round) && round > 0 ? round : undefined,
      client: query.get('client') ?? undefined,
      progress: query.get('progress') === '1',
    };
    const limit = Math.min(LIMIT_MAX, Number(query.get('limit')) || LIMIT_DEFAULT);
    return historyPage(await loadHistory(session, federation, request.signal), filter, limit);
  });
}
